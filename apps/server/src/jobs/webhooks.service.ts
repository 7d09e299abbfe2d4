import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Queries } from '#persistence';
import type { ActivatedJob, Delivery, DeliveryResult, JobResult, Runtime } from '#runtime';
import { GuardedJobs } from './guarded-jobs.service.js';
import { handlesIn } from '../reveals/sealed-facts.service.js';
import type { Settings } from '../settings/settings.js';
import { QUERIES, RUNTIME, SETTINGS } from '../tokens.js';
import { failure } from './job-failure.js';
import { postWebhook } from './post-webhook.js';
import { webhookTarget } from './webhook-target.js';

const KIND = 'ct.webhook';

/**
 * The job type `ct.webhook`: completes with a row in the outbox, from which the variables are sent (docs/files.md,
 * "Job types that the server works itself"). A handle of protected content is never sent.
 */
@Injectable()
export class Webhooks implements OnModuleInit {
  constructor(
    private readonly guarded: GuardedJobs,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.guarded.register(KIND, (job) => this.accept(job));
    this.runtime.registerDeliveryHandler(KIND, (delivery) => this.deliver(delivery));
  }

  private async accept(job: ActivatedJob): Promise<JobResult> {
    const address = job.headers['url'] ?? '';
    const target = webhookTarget(address, this.settings.webhookOrigins);
    if ('fault' in target) return failure(target.fault);
    const variables = await this.sentOf(job);
    const protectedNames = Object.keys(variables).filter((name) => handlesIn(variables[name]).length > 0);
    if (protectedNames.length > 0)
      return failure(
        `Expected open variables alone but ${protectedNames.join(', ')} holds protected content: name what is sent by input mappings.`,
      );
    const name = job.headers['name'] ?? job.elementId;
    const payload = { url: target.url.href, variables };
    return { deliveries: [{ kind: KIND, name, idempotencyKey: randomUUID(), payload }] };
  }

  /** What the input mappings of the task name; all visible variables where it has none. */
  private async sentOf(job: ActivatedJob): Promise<Readonly<Record<string, unknown>>> {
    const own = await this.queries.variablesOf(job.elementInstanceKey);
    return Object.keys(own).length > 0 ? own : job.variables;
  }

  /** Asks the operator's list again: it may have become shorter since. */
  private async deliver({ payload, idempotencyKey }: Delivery): Promise<DeliveryResult> {
    const hosts = this.settings.webhookOrigins;
    const target = webhookTarget(String(payload['url']), hosts);
    if ('fault' in target) return { ok: false, message: target.fault, isFinal: true };
    return postWebhook({ url: target.url, idempotencyKey, body: payload['variables'] }, { hosts });
  }
}
