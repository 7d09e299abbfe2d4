import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Requests } from './requests.js';

const STARTERS = 12;
const WORKERS = 4;
const CLERKS = 2;
const JOBS_AT_ONCE = 20;
const JOB_TIMEOUT_MS = 8_000;
const LONG_POLL_MS = 2_000;
const TASKS_AT_ONCE = 200;
/** Of so many instances one keeps its task, so that running instances are checked at the end too. */
const KEEPS_TASK = 100;
const BACK_OFF_MS = 150;

export interface LoadOptions {
  readonly requests: Requests;
  readonly instances: number;
  /** More instances are started as long as this holds. */
  readonly goOn: () => boolean;
  /** Instances that are open at once, at most. */
  readonly openAtMost: number;
}

/** Starters, workers, publishers and clerks; remembers what was acknowledged. */
export class Load {
  /** Instance keys by order. */
  readonly started = new Map<string, string>();
  /** Orders whose start nobody answered. */
  readonly unknown = new Set<string>();
  readonly completedJobs = new Map<string, number>();
  readonly completedTasks = new Map<string, number>();
  readonly keptInstances = new Set<string>();
  /** Answers that nobody expected. */
  readonly faults: string[] = [];
  isOver = false;
  private orders = 0;
  private isFull = false;
  private stopped: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: LoadOptions) {}

  /** Resolves when all instances are started; workers and clerks go on until `stop`. */
  async run(): Promise<void> {
    const others = [
      ...Array.from({ length: WORKERS }, (_, index) => this.untilOver(() => this.work(`worker-${index}`))),
      ...Array.from({ length: CLERKS }, (_, index) => this.untilOver(() => this.check(index))),
    ];
    this.stopped = Promise.all(others);
    await Promise.all(Array.from({ length: STARTERS }, () => this.startAll()));
  }

  startNoMore(): void {
    this.isFull = true;
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.stopped;
  }

  private async startAll(): Promise<void> {
    while (!this.isFull && (this.orders < this.options.instances || this.options.goOn())) {
      if (this.orders - this.completedTasks.size - this.keptInstances.size > this.options.openAtMost)
        await sleep(BACK_OFF_MS);
      else await this.startOne(++this.orders);
    }
  }

  private async startOne(number: number): Promise<void> {
    const orderId = `order-${number}`;
    const body = { processDefinitionId: 'race', variables: { orderId } };
    const answer = await this.insist(() => this.options.requests.post('/v2/process-instances', body));
    if (answer.kind === 'done') {
      const { processInstanceKey } = answer.body as { processInstanceKey: string };
      this.started.set(orderId, processInstanceKey);
      if (number % KEEPS_TASK === 0) this.keptInstances.add(processInstanceKey);
    } else this.unknown.add(orderId);
    this.expect(answer, []);
    await this.publish(orderId);
  }

  /** A message with an id may be sent again until somebody answers. */
  private async publish(orderId: string): Promise<void> {
    const message = { name: 'paid', correlationKey: orderId, messageId: orderId, timeToLive: 3_600_000 };
    for (;;) {
      const answer = await this.insist(() => this.options.requests.post('/v2/messages/publication', message));
      if (answer.kind !== 'cut') return this.expect(answer, [409]);
    }
  }

  private async work(worker: string): Promise<void> {
    const request = {
      type: 'race.work',
      worker,
      timeout: JOB_TIMEOUT_MS,
      maxJobsToActivate: JOBS_AT_ONCE,
      requestTimeout: LONG_POLL_MS,
    };
    const answer = await this.options.requests.post('/v2/jobs/activation', request);
    if (answer.kind !== 'done') return void (await sleep(BACK_OFF_MS));
    const { jobs } = answer.body as { jobs: readonly { jobKey: string; lease: number }[] };
    await Promise.all(jobs.map((job) => this.completeJob(job.jobKey, job.lease)));
  }

  private async completeJob(jobKey: string, lease: number): Promise<void> {
    const answer = await this.insist(() => this.options.requests.post(`/v2/jobs/${jobKey}/completion`, { lease }));
    if (answer.kind === 'done') this.completedJobs.set(jobKey, (this.completedJobs.get(jobKey) ?? 0) + 1);
    this.expect(answer, [404, 409]);
  }

  private async check(clerk: number): Promise<void> {
    const request = { filter: { state: 'CREATED' }, page: { limit: TASKS_AT_ONCE } };
    const answer = await this.options.requests.post('/v2/user-tasks/search', request);
    await sleep(BACK_OFF_MS);
    if (answer.kind !== 'done') return;
    const { items } = answer.body as { items: readonly { userTaskKey: string; processInstanceKey: string }[] };
    const mine = items.filter(({ userTaskKey }) => Number(userTaskKey) % CLERKS === clerk);
    const due = mine.filter(({ processInstanceKey }) => !this.keptInstances.has(processInstanceKey));
    await Promise.all(due.map(({ userTaskKey }) => this.completeTask(userTaskKey)));
  }

  private async completeTask(key: string): Promise<void> {
    const answer = await this.insist(() => this.options.requests.post(`/v2/user-tasks/${key}/completion`, {}));
    if (answer.kind === 'done') this.completedTasks.set(key, (this.completedTasks.get(key) ?? 0) + 1);
    this.expect(answer, [404, 409]);
  }

  /** Sends again what was certainly not done. */
  private async insist(send: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const answer = await send();
      if (answer.kind !== 'refused') return answer;
      await sleep(BACK_OFF_MS);
    }
  }

  private expect(answer: Answer, allowed: readonly number[]): void {
    if (answer.kind === 'no' && !allowed.includes(answer.status)) this.faults.push(`${answer.status} ${answer.text}`);
  }

  private async untilOver(work: () => Promise<void>): Promise<void> {
    while (!this.isOver) await work();
  }
}
