import type { Command, Key } from '#engine';
import type { Instances } from './instances.js';
import { JobWaiters } from './job-waiters.js';
import type {
  ActivatedJob,
  CommittedUnit,
  Given,
  JobRequest,
  Outcome,
  RuntimeRejectionCode,
  RuntimeStore,
} from './ports.js';
import { isTransient, reject } from './rejections.js';
import type { Releases } from './releases.js';
import type { JobHandler, JobResult, RuntimeLog } from './runtime.js';

export interface JobsOptions {
  readonly store: RuntimeStore;
  readonly instances: Instances;
  readonly now: () => number;
  readonly wallClock: () => number;
  readonly nodeId: string;
  readonly releases: Releases;
  readonly log: RuntimeLog;
}

type UpdateRetries = Extract<Command, { readonly type: 'updateJobRetries' }>;

const BATCH = 20;
/** A result that the database did not take is offered so often before the job is given to anybody again. */
const OFFERS = 5;
const OFFER_AGAIN_MS = 500;
/** A job whose result was refused is left alone so long. */
const PENALTY_MS = 60_000;
const FIRST_BACKOFF_MS = 1_000;

/**
 * Jobs for workers outside (long poll), which hold them until a deadline, and for handlers in this process, which claim
 * them in the name of the node's epoch.
 */
export class Jobs {
  private readonly handlers = new Map<string, JobHandler>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  private readonly waiters: JobWaiters;
  private isOpen = false;
  private isClosed = false;

  constructor(private readonly options: JobsOptions) {
    this.waiters = new JobWaiters({
      lease: (request) => this.lease(request, false),
      typesReady: (types) => this.readyOf(types),
      onError: (cause) => options.log.error({ err: cause }, 'jobs for workers could not be looked for'),
    });
  }

  register(type: string, handler: JobHandler): void {
    this.handlers.set(type, handler);
    if (this.isOpen) this.wake(type);
  }

  runs(type: string): boolean {
    return this.handlers.has(type);
  }

  get types(): readonly string[] {
    return [...this.handlers.keys()];
  }

  get size(): number {
    return this.running.size;
  }

  open(): void {
    this.isOpen = true;
    this.types.forEach((type) => this.wake(type));
  }

  async close(): Promise<void> {
    this.isOpen = false;
    this.isClosed = true;
    await this.waiters.close();
    await Promise.all(this.running.values());
  }

  /** Jobs that were just created wake those who wait for them. */
  take(units: readonly CommittedUnit[]): void {
    const types = new Set<string>();
    for (const { rows } of units)
      for (const row of rows) if ('insert' in row && row.insert === 'jobs') types.add(String(row.row.type));
    this.wakeAll([...types]);
  }

  /** Wakes handlers and waiting workers, also for jobs that another node made. */
  wakeAll(types: readonly string[]): void {
    for (const type of types) {
      this.wake(type);
      this.waiters.wake(type);
    }
  }

  /** Whether this node has a handler with time for jobs of the type. */
  keeps(type: string): boolean {
    return this.isOpen && this.handlers.has(type) && !this.again.has(type);
  }

  /** Looks for jobs whose backoff or lease has run out. */
  async poll(): Promise<void> {
    if (!this.isOpen || this.handlers.size === 0) return;
    const ready = await this.typesReady();
    ready.forEach((type) => this.wake(type));
  }

  /** Types with a handler here for which there is work. */
  typesReady(): Promise<readonly string[]> {
    return this.readyOf(this.types);
  }

  private readyOf(types: readonly string[]): Promise<readonly string[]> {
    return this.options.store.reads.jobTypesReady(types, this.options.now(), this.leaseClock());
  }

  async activate({
    requestTimeoutMs = 0,
    ...request
  }: JobRequest & { readonly requestTimeoutMs?: number }): Promise<readonly ActivatedJob[]> {
    if (requestTimeoutMs <= 0 || this.isClosed) return this.lease(request, false);
    return this.waiters.wait(request, requestTimeoutMs);
  }

  /** In the transaction that finds the lease: a job that has ended or failed meanwhile has none. */
  async extend(jobKey: Key, timeoutMs: number, retries?: number): Promise<Outcome<null>> {
    if (retries !== undefined) return this.updateAndExtend({ type: 'updateJobRetries', jobKey, retries }, timeoutMs);
    return this.options.store.commit<null>({
      kind: 'extendJob',
      decide: async ({ query }) => {
        const { sql, params } = this.extension(jobKey, timeoutMs);
        const extended = await query(`${sql} RETURNING "key"`, params);
        return extended.length > 0 ? { ok: true, reply: null, changes: {} } : notHeld(query, jobKey);
      },
    });
  }

  /** Retries and the time of the lease, both or neither. */
  private async updateAndExtend(command: UpdateRetries, timeoutMs: number): Promise<Outcome<null>> {
    const { jobKey } = command;
    const writes = [{ ...this.extension(jobKey, timeoutMs), expectRows: 1 }];
    const outcome = await this.options.instances.execute({ command, writes });
    if (outcome.ok) return { ok: true, reply: null };
    if (outcome.rejection.code !== 'conflict') return outcome;
    return this.options.store.commit<null>({
      decide: async ({ query }) => {
        const held = await query('SELECT 1 FROM jobs WHERE "key" = ? AND deadline IS NOT NULL', [jobKey]);
        return held.length > 0 ? outcome : notHeld(query, jobKey);
      },
    });
  }

  private extension(jobKey: Key, timeoutMs: number) {
    const sql = `UPDATE jobs SET deadline = ? WHERE "key" = ? AND deadline IS NOT NULL
                 AND state IN ('CREATED', 'FAILED', 'RETRIES_UPDATED')`;
    return { sql, params: [this.leaseClock() + timeoutMs, jobKey] };
  }

  /** Real time by the clock that all nodes share: a lease ends for all at the same moment. */
  private leaseClock(): number {
    return this.options.wallClock() + this.options.store.clockOffsetMs();
  }

  private async lease(request: JobRequest, isForThisNode: boolean): Promise<readonly ActivatedJob[]> {
    const outcome = await this.options.store.commit({
      kind: 'activateJobs',
      decide: async (given) => {
        const jobs = await this.options.store.activateJobs(given, {
          ...request,
          now: this.options.now(),
          realNow: this.leaseClock(),
          isForThisNode,
        });
        return { ok: true, reply: jobs, changes: {} };
      },
    });
    return outcome.ok ? outcome.reply : [];
  }

  private wake(type: string): void {
    if (!this.isOpen || !this.handlers.has(type)) return;
    if (this.running.has(type)) {
      this.again.add(type);
      return;
    }
    const work = this.runType(type)
      .catch((cause: unknown) => this.options.log.error({ err: cause, jobType: type }, 'jobs could not be run'))
      .finally(() => {
        this.running.delete(type);
        if (this.again.delete(type)) this.wake(type);
      });
    this.running.set(type, work);
  }

  private async runType(type: string): Promise<void> {
    while (this.isOpen) {
      const jobs = await this.lease({ type, worker: this.options.nodeId, maxJobs: BATCH, timeoutMs: 0 }, true);
      if (jobs.length === 0) return;
      await Promise.all(jobs.map((job) => this.run(job)));
    }
  }

  private async run(job: ActivatedJob): Promise<void> {
    const result = await this.resultOf(job);
    const code = await this.offer(job, result, OFFERS).catch((cause: unknown) => {
      this.options.log.error({ err: cause, jobKey: job.key, jobType: job.type }, 'result of a job could not be stored');
      return 'failed' as const;
    });
    if (code !== undefined)
      this.options.releases.add({ table: 'jobs', key: job.key, claim: job.claim! }, isTransient(code) ? 0 : PENALTY_MS);
  }

  /** Stores a result; gives the code of the refusal. The claim keeps it from counting when the job is another node's by now. */
  private async offer(job: ActivatedJob, result: JobResult, offers: number): Promise<RuntimeRejectionCode | undefined> {
    const outcome = await this.options.instances.execute({
      instanceKey: job.processInstanceKey,
      command: commandOf(job, result),
      claim: job.claim!,
      ...('writes' in result && result.writes ? { writes: result.writes } : {}),
      ...('deliveries' in result && result.deliveries ? { deliveries: result.deliveries } : {}),
    });
    if (outcome.ok) return undefined;
    const { rejection } = outcome;
    if (isTransient(rejection.code) && offers > 1 && this.isOpen) {
      await new Promise((resolve) => setTimeout(resolve, OFFER_AGAIN_MS));
      return this.offer(job, result, offers - 1);
    }
    this.options.log.warn({ jobKey: job.key, jobType: job.type, rejection }, 'result of a job was refused');
    return rejection.code;
  }

  private async resultOf(job: ActivatedJob): Promise<JobResult> {
    try {
      return await this.handlers.get(job.type)!(job);
    } catch (cause) {
      this.options.log.error({ err: cause, jobKey: job.key, jobType: job.type }, 'job handler failed');
      return {
        failure: { message: cause instanceof Error ? cause.message : String(cause), retryBackoffMs: FIRST_BACKOFF_MS },
      };
    }
  }
}

async function notHeld(query: Given['query'], jobKey: Key) {
  const [job] = await query('SELECT state FROM jobs WHERE "key" = ?', [jobKey]);
  if (!job) return reject('notFound', `Expected job ${jobKey} to exist but it does not.`);
  const found = `it is ${String(job.state)} and no worker holds it`;
  return reject('invalidState', `Expected job ${jobKey} to be activated but ${found}.`);
}

function commandOf(job: ActivatedJob, result: JobResult): Command {
  if ('failure' in result) {
    const { message, retries, retryBackoffMs } = result.failure;
    return {
      type: 'failJob',
      jobKey: job.key,
      retries: retries ?? Math.max(0, job.retries - 1),
      errorMessage: message,
      ...(retryBackoffMs === undefined ? {} : { retryBackoffMs }),
    };
  }
  if ('bpmnError' in result) {
    const { code, message, variables } = result.bpmnError;
    return {
      type: 'throwJobError',
      jobKey: job.key,
      errorCode: code,
      ...(message === undefined ? {} : { errorMessage: message }),
      ...(variables ? { variables } : {}),
    };
  }
  return { type: 'completeJob', jobKey: job.key, variables: result.variables ?? {} };
}
