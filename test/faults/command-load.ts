import type { ActivatedJob, Outcome, Runtime } from '#runtime';
import type { Database } from '#persistence';
import { startable } from '../support/all-kinds.js';
import type { Random } from '../support/seeded-random.js';

/** What was acknowledged; a command that failed was sent again with its key until it was answered. */
export interface Acknowledged {
  /** Instances by order id. */
  readonly started: Map<string, string>;
  readonly completedTasks: Set<string>;
  readonly completedJobs: Set<string>;
  /** Failures by job. */
  readonly failedJobs: Map<string, number>;
  readonly canceled: Set<string>;
  commands: number;
  /** How often a command had to be sent again. */
  repeated: number;
}

const AT_ONCE = 40;
const AGAIN_MS = 5;

/** Sends `count` commands of all kinds, many at once. */
export class CommandLoad {
  readonly acknowledged: Acknowledged = {
    started: new Map(),
    completedTasks: new Set(),
    completedJobs: new Set(),
    failedJobs: new Map(),
    canceled: new Set(),
    commands: 0,
    repeated: 0,
  };
  readonly faults: string[] = [];
  private jobs: ActivatedJob[] = [];
  private tasks: string[] = [];
  private readonly usedTasks = new Set<string>();
  private readonly orders: string[] = [];
  private keys = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly database: Database,
    private readonly random: Random,
  ) {}

  async run(count: number): Promise<void> {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (this.acknowledged.commands < count) await this.one();
      }),
    );
  }

  private async one(): Promise<void> {
    const dice = this.random();
    if (dice < 0.4) return this.start();
    if (dice < 0.7) return this.job();
    if (dice < 0.85) return this.task();
    if (dice < 0.95) return this.publish();
    if (dice < 0.97) return this.signal();
    return this.cancel();
  }

  private async start(): Promise<void> {
    const orderId = `order-${++this.keys}`;
    const bpmnProcessId = startable[Math.floor(this.random() * startable.length)]!;
    const reply = await this.send((idempotencyKey) =>
      this.runtime.createInstance({ bpmnProcessId, variables: { orderId }, by: 'spec', idempotencyKey }),
    );
    if (!reply) return;
    this.acknowledged.started.set(orderId, reply.processInstanceKey);
    this.orders.push(orderId);
  }

  private async task(): Promise<void> {
    const userTaskKey = await this.nextTask();
    if (userTaskKey === undefined) return this.start();
    const reply = await this.send((idempotencyKey) =>
      this.runtime.execute({
        command: { type: 'completeUserTask', userTaskKey, variables: { done: true } },
        by: 'spec',
        idempotencyKey,
      }),
    );
    if (reply) this.acknowledged.completedTasks.add(userTaskKey);
  }

  private async job(): Promise<void> {
    const job = await this.nextJob();
    if (!job) return this.start();
    const isFailing = job.retries > 1 && this.random() < 0.2;
    const command = isFailing
      ? ({ type: 'failJob', jobKey: job.key, retries: job.retries - 1, errorMessage: 'again' } as const)
      : ({ type: 'completeJob', jobKey: job.key, variables: {} } as const);
    const instanceKey = job.processInstanceKey;
    const reply = await this.send((idempotencyKey) =>
      this.runtime.execute({ instanceKey, command, by: 'spec', idempotencyKey }),
    );
    if (!reply) return;
    const { failedJobs, completedJobs } = this.acknowledged;
    if (isFailing) failedJobs.set(job.key, (failedJobs.get(job.key) ?? 0) + 1);
    else completedJobs.add(job.key);
  }

  private async publish(): Promise<void> {
    const correlationKey = this.orders[Math.floor(this.random() * this.orders.length)] ?? 'nobody';
    const name = this.random() < 0.5 ? 'note' : 'answer';
    const messageId = `message-${++this.keys}`;
    await this.send((idempotencyKey) =>
      this.runtime.publishMessage({
        name,
        correlationKey,
        messageId,
        timeToLiveMs: 60_000,
        variables: {},
        by: 'spec',
        idempotencyKey,
      }),
    );
  }

  private async signal(): Promise<void> {
    await this.send(() => this.runtime.broadcastSignal({ name: 'alarm', variables: {} }));
  }

  private async cancel(): Promise<void> {
    const order = this.orders[Math.floor(this.random() * this.orders.length)];
    const instanceKey = order && this.acknowledged.started.get(order);
    if (!instanceKey) return this.start();
    const reply = await this.send((idempotencyKey) =>
      this.runtime.execute({ instanceKey, command: { type: 'cancelProcessInstance' }, by: 'spec', idempotencyKey }),
    );
    if (reply) this.acknowledged.canceled.add(instanceKey);
  }

  /** Sends until there is an answer, as a client with a key does; undefined where the command was refused. */
  private async send<R>(ask: (idempotencyKey: string) => Promise<Outcome<R>>): Promise<R | undefined> {
    const key = `key-${++this.keys}`;
    for (;;) {
      const outcome = await ask(key).catch(() => undefined);
      if (outcome?.ok) {
        this.acknowledged.commands += 1;
        return outcome.reply;
      }
      const isAnswered = outcome && outcome.rejection.code !== 'conflict' && outcome.rejection.code !== 'overloaded';
      if (isAnswered) return undefined;
      this.acknowledged.repeated += 1;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  private async nextJob(): Promise<ActivatedJob | undefined> {
    if (this.jobs.length === 0) {
      const request = { type: 'st.work', worker: 'spec', maxJobs: 50, timeoutMs: 60_000 };
      this.jobs = [...(await this.runtime.activateJobs(request).catch(() => []))];
    }
    return this.jobs.pop();
  }

  private async nextTask(): Promise<string | undefined> {
    if (this.tasks.length === 0) {
      const rows = (await this.database.reader
        .query(`SELECT "key" FROM user_tasks WHERE state = 'CREATED' ORDER BY "key" LIMIT 200`)
        .catch(() => [])) as { key: unknown }[];
      this.tasks = rows.map(({ key }) => String(key)).filter((key) => !this.usedTasks.has(key));
    }
    const key = this.tasks.pop();
    if (key !== undefined) this.usedTasks.add(key);
    return key;
  }
}
