import { randomUUID } from 'node:crypto';
import { anonymous } from '../support/client.js';
import { allKindsFiles, startable } from '../support/all-kinds.js';
import type { Random } from '../support/seeded-random.js';

/** One command of a client, sent with the same key until it is answered. */
interface Wish {
  readonly key: string;
  /** Kind and target, as it is counted. */
  readonly kind: CommandKind;
  readonly target: string;
  send(): Promise<{ readonly status: number; readonly body: unknown }>;
}

export type CommandKind = 'start' | 'task' | 'job' | 'failure' | 'message' | 'signal' | 'cancel' | 'deploy' | 'report';

interface Job {
  readonly jobKey: string;
  readonly retries: number;
}

const ADMIN = `Basic ${Buffer.from('admin:demo').toString('base64')}`;
const REST_MS = 3;

/** Clients of all kinds at once. Remembers what was acknowledged and what was asked and not answered. */
export class Storm {
  /** Acknowledged commands by kind: target -> how often. */
  readonly acknowledged = new Map<CommandKind, Map<string, number>>();
  readonly unanswered = new Map<string, Wish>();
  /** Process instance by order id, as the server answered. */
  readonly instances = new Map<string, string>();
  /** Case number by report. */
  readonly caseNumbers = new Map<string, string>();
  readonly faults: string[] = [];
  interrupted = 0;
  private readonly name = randomUUID().slice(0, 8);
  private readonly orders: string[] = [];
  private readonly taken = new Set<string>();
  private isStopped = false;
  private count = 0;

  constructor(
    private readonly url: string,
    private readonly random: Random,
  ) {}

  async run(): Promise<void> {
    this.isStopped = false;
    const clients = [
      () => this.start(),
      () => this.start(),
      () => this.completeTasks(),
      () => this.workJobs(),
      () => this.workJobs(),
      () => this.publish(),
      () => this.rarely(200, () => this.signal()),
      () => this.rarely(300, () => this.cancel()),
      () => this.rarely(900, () => this.deploy()),
      () => this.rarely(900, () => this.report()),
    ];
    await Promise.all(clients.map((work) => this.repeat(work)));
  }

  stop(): void {
    this.isStopped = true;
  }

  async deploy(): Promise<void> {
    const variant = ++this.count;
    await this.attempt(this.wish('deploy', String(variant), (key) => this.sendDeployment(variant, key)));
  }

  /** As clients do when the server is back: the same command with the same key. */
  async sendUnansweredAgain(): Promise<void> {
    for (let round = 0; this.unanswered.size > 0 && round < 20; round++) {
      const wishes = [...this.unanswered.values()];
      this.interrupted += round === 0 ? wishes.length : 0;
      this.unanswered.clear();
      for (const wish of wishes) await this.attempt(wish);
    }
    if (this.unanswered.size > 0) this.faults.push(`${this.unanswered.size} commands were never answered`);
  }

  targets(kind: CommandKind): ReadonlyMap<string, number> {
    return this.acknowledged.get(kind) ?? new Map();
  }

  private async repeat(work: () => Promise<void>): Promise<void> {
    while (!this.isStopped) {
      await work().catch((error: unknown) => {
        if (!isCutOff(error)) this.faults.push(String(error));
      });
      await sleep(REST_MS);
    }
  }

  private async rarely(ms: number, work: () => Promise<void>): Promise<void> {
    await sleep(ms * (0.5 + this.random()));
    if (!this.isStopped) await work();
  }

  private wish(kind: CommandKind, target: string, send: (key: string) => ReturnType<Wish['send']>): Wish {
    const key = `${this.name}-${kind}-${++this.count}`;
    return { key, kind, target, send: () => send(key) };
  }

  private async attempt(wish: Wish): Promise<void> {
    try {
      const { status, body } = await wish.send();
      if (status >= 200 && status < 300) return this.acknowledge(wish, body as Record<string, unknown> | undefined);
      if (status === 503 || (status === 409 && JSON.stringify(body).includes('Idempotency-Key')))
        return void this.unanswered.set(wish.key, wish);
      if (![404, 409, 429].includes(status)) this.faults.push(`${wish.kind}: ${status} ${JSON.stringify(body)}`);
    } catch (error) {
      if (!isCutOff(error)) throw error;
      this.unanswered.set(wish.key, wish);
    }
  }

  private acknowledge({ kind, target }: Wish, body: Readonly<Record<string, unknown>> | undefined): void {
    const targets = this.acknowledged.get(kind) ?? new Map<string, number>();
    this.acknowledged.set(kind, targets.set(target, (targets.get(target) ?? 0) + 1));
    if (kind === 'start') {
      this.instances.set(target, String(body?.['processInstanceKey']));
      this.orders.push(target);
    }
    if (kind === 'report') this.caseNumbers.set(target, String(body?.['caseNo']));
  }

  private async start(): Promise<void> {
    const orderId = `${this.name}-${++this.count}`;
    const processDefinitionId = this.oneOf([...startable, 'st_hook'])!;
    const body = { processDefinitionId, variables: { orderId } };
    await this.attempt(this.wish('start', orderId, (key) => this.post('/v2/process-instances', body, key)));
  }

  private async completeTasks(): Promise<void> {
    const filter = { state: 'CREATED', processDefinitionId: 'st_task' };
    const { body } = await this.post('/v2/user-tasks/search', { filter, page: { limit: 10 } });
    for (const { userTaskKey } of (body as { items?: { userTaskKey: string }[] } | undefined)?.items ?? []) {
      if (this.taken.has(userTaskKey) || this.random() < 0.3) continue;
      this.taken.add(userTaskKey);
      const path = `/v2/user-tasks/${userTaskKey}/completion`;
      await this.attempt(this.wish('task', userTaskKey, (key) => this.post(path, { variables: { done: true } }, key)));
    }
    await sleep(20);
  }

  private async workJobs(): Promise<void> {
    const asked = { type: 'st.work', worker: this.name, timeout: 2_000, maxJobsToActivate: 10, requestTimeout: 200 };
    const { body } = await this.post('/v2/jobs/activation', asked);
    for (const job of (body as { jobs?: Job[] } | undefined)?.jobs ?? []) await this.workJob(job);
  }

  private async workJob({ jobKey, retries }: Job): Promise<void> {
    const isFailing = retries > 1 && this.random() < 0.15;
    const [kind, path, body] = isFailing
      ? (['failure', 'failure', { retries: retries - 1, errorMessage: 'again' }] as const)
      : (['job', 'completion', { variables: {} }] as const);
    await this.attempt(this.wish(kind, jobKey, (key) => this.post(`/v2/jobs/${jobKey}/${path}`, body, key)));
  }

  private async publish(): Promise<void> {
    const correlationKey = this.oneOf(this.orders.slice(-60)) ?? 'nobody';
    const messageId = `${this.name}-m${++this.count}`;
    const name = this.random() < 0.5 ? 'note' : 'answer';
    const body = { name, correlationKey, timeToLive: 30_000, messageId, variables: {} };
    await this.attempt(this.wish('message', messageId, (key) => this.post('/v2/messages/publication', body, key)));
    await sleep(10);
  }

  private async signal(): Promise<void> {
    const body = { signalName: 'alarm', variables: {} };
    await this.attempt(this.wish('signal', 'alarm', (key) => this.post('/v2/signals/broadcast', body, key)));
  }

  private async cancel(): Promise<void> {
    const instance = this.instances.get(this.oneOf(this.orders.slice(-60)) ?? '');
    if (instance === undefined) return;
    const path = `/v2/process-instances/${instance}/cancellation`;
    await this.attempt(this.wish('cancel', instance, (key) => this.post(path, {}, key)));
  }

  /** A report with protected content, through the portal. */
  async report(): Promise<void> {
    const data = {
      wish: 'solve',
      subject: '加班工资没有发',
      mainFacts: '八月和九月的加班工资至今没有发放，问过队里没有答复。',
      demands: [{ text: '补发加班工资' }],
      anonymous: false,
      name: '信访人甲',
      consentNotice: true,
    };
    const send = (key: string) =>
      anonymous(this.url).post('/api/portal/entries/report', { data }, { 'idempotency-key': key });
    await this.attempt(this.wish('report', String(++this.count), send));
  }

  private sendDeployment(variant: number, key: string): ReturnType<Wish['send']> {
    const form = new FormData();
    const files = allKindsFiles(variant);
    const chosen = variant === 1 ? files : [files[variant % files.length]!];
    for (const { path, content } of chosen) form.append('resources', new Blob([content]), path);
    return this.send('/v2/deployments', form, { 'idempotency-key': key });
  }

  private post(path: string, body: unknown, key?: string): ReturnType<Wish['send']> {
    const headers = { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) };
    return this.send(path, JSON.stringify(body), headers);
  }

  private async send(
    path: string,
    body: string | FormData,
    headers: Record<string, string>,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { authorization: ADMIN, ...headers },
      body,
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  private oneOf<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The connection broke: nobody knows whether the server did it. Told by name, since errors of `fetch` come from outside of
 * the test's own realm.
 */
function isCutOff(error: unknown): boolean {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
  return name === 'TypeError' || name === 'SyntaxError';
}
