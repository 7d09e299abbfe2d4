import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { BatchMeasure, Queries, Store } from '#persistence';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { QUERIES, STORE } from '../tokens.js';

/** Seconds. */
const LATENCIES = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Numbers for Prometheus. Labels are routes and states, never keys or names. */
@Injectable()
export class MetricsService implements OnModuleInit, OnModuleDestroy {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'changtong_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });
  private readonly commands = new Counter({
    name: 'changtong_commands_total',
    help: 'Units of work, by what was asked and what came of it',
    labelNames: ['command', 'outcome'] as const,
    registers: [this.registry],
  });
  private readonly commits = new Histogram({
    name: 'changtong_commit_seconds',
    help: 'From BEGIN until after COMMIT',
    buckets: LATENCIES,
    registers: [this.registry],
  });
  private readonly waits = new Histogram({
    name: 'changtong_command_wait_seconds',
    help: 'From the asking until the transaction began',
    buckets: LATENCIES,
    registers: [this.registry],
  });
  private readonly totals = new Histogram({
    name: 'changtong_command_seconds',
    help: 'From the asking until the answer',
    buckets: LATENCIES,
    registers: [this.registry],
  });
  private readonly batches = new Histogram({
    name: 'changtong_commit_batch_size',
    help: 'Units of work in one commit',
    buckets: [1, 2, 5, 10, 25, 50, 100, 200],
    registers: [this.registry],
  });

  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly configuration: ConfigurationHolder,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(STORE) private readonly store: Store,
  ) {}

  onModuleInit(): void {
    collectDefaultMetrics({ register: this.registry, prefix: 'changtong_' });
    this.store.onMeasured((measure) => this.observe(measure));
    this.addGauges();
    this.observeRequests(this.adapter.httpAdapter.getInstance<FastifyInstance>());
  }

  /** The observer of the garbage collection cannot be ended and holds the registry, and that what its gauges read. */
  onModuleDestroy(): void {
    this.registry.clear();
  }

  private observe({ units, commitMs }: BatchMeasure): void {
    for (const { kind = 'housekeeping', outcome, waitMs, totalMs } of units) {
      this.commands.inc({ command: kind, outcome });
      this.waits.observe(waitMs / 1000);
      this.totals.observe(totalMs / 1000);
    }
    if (commitMs === undefined) return;
    this.commits.observe(commitMs / 1000);
    this.batches.observe(units.length);
  }

  /** Read from the database when somebody asks, all at once. */
  private addGauges(): void {
    const { queries, store, configuration } = this;
    new Gauge({
      name: 'changtong_queued',
      help: 'Units of work that wait for a commit',
      registers: [this.registry],
      collect() {
        this.set(store.queued());
      },
    });
    new Gauge({
      name: 'changtong_open',
      help: 'What is open now, by kind; instances and tasks without those of processes that belong to exclusive roles',
      labelNames: ['kind'] as const,
      registers: [this.registry],
      async collect() {
        const exclusive = configuration.current.processes.filter(({ exclusiveTo }) => exclusiveTo !== undefined);
        const counts = await queries.counts(exclusive.map(({ id }) => id));
        for (const [kind, count] of Object.entries(counts)) this.set({ kind }, count);
      },
    });
  }

  private observeRequests(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      this.requests.observe(
        { method: request.method, route, status: String(reply.statusCode) },
        reply.elapsedTime / 1000,
      );
      done();
    });
  }
}
