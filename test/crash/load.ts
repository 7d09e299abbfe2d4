import { anonymous, signIn } from '../support/client.js';
import type { Client } from '../support/client.js';

const PETITIONERS = 4;
const CLERKS = 2;

interface TaskList {
  readonly items: readonly { readonly userTaskKey: string; readonly elementId: string }[];
}

interface TaskDetail {
  readonly data: Readonly<Record<string, unknown>>;
}

interface Wish {
  /** What a repeated sending is recognised by. */
  readonly key: string;
  send(): Promise<void>;
}

/** Petitioners who submit and clerks who complete, all at once; remembers what was acknowledged and what was not. */
export class Load {
  /** Case numbers by idempotency key. */
  readonly submitted = new Map<string, string>();
  readonly completed = new Set<string>();
  /** Requests that a kill cut off. */
  interrupted = 0;
  /** Answers that nobody expected. */
  readonly faults: string[] = [];

  private readonly unanswered = new Map<string, Wish>();
  private readonly underWay = new Set<string>();
  private stopped = false;
  private count = 0;
  private clerk: Client | undefined;

  constructor(
    private readonly url: string,
    private readonly name: string,
  ) {}

  /** Works until `stop()`; never fails because the server is gone. */
  async run(): Promise<void> {
    this.stopped = false;
    const petitioners = Array.from({ length: PETITIONERS }, () => this.repeat(() => this.attempt(this.submission())));
    const clerks = Array.from({ length: CLERKS }, () => this.repeat(() => this.completeOne()));
    await Promise.all([...petitioners, ...clerks]);
  }

  stop(): void {
    this.stopped = true;
  }

  /** As a browser does when the network is back: the same content with the same key. */
  async sendUnansweredAgain(): Promise<void> {
    const wishes = [...this.unanswered.values()];
    this.interrupted += wishes.length;
    this.unanswered.clear();
    for (const wish of wishes) await wish.send();
  }

  /** Completes a task of each kind once more, now without kills, so that the last restart has had work too. */
  async settled(): Promise<void> {
    await this.submission().send();
    await this.completeOne();
    await this.sendUnansweredAgain();
  }

  private async repeat(work: () => Promise<void>): Promise<void> {
    while (!this.stopped) {
      await work().catch((error: unknown) => this.note(error));
      await new Promise((done) => setTimeout(done, 2));
    }
  }

  /** A look that a kill cut off is nothing; everything else is a fault. */
  private note(error: unknown): void {
    if (!isCutOff(error)) this.faults.push(String(error));
  }

  private async attempt(wish: Wish): Promise<void> {
    try {
      await wish.send();
    } catch (error) {
      if (isCutOff(error)) this.unanswered.set(wish.key, wish);
      else throw error;
    }
  }

  private submission(): Wish {
    const key = `${this.name}-submit-${++this.count}`;
    const data = {
      wish: 'solve',
      subject: '加班工资没有发',
      mainFacts: '八月和九月的加班工资至今没有发放，问过队里没有答复。',
      demands: [{ text: '补发加班工资' }],
      anonymous: false,
      name: '信访人甲',
      consentNotice: true,
    };
    return {
      key,
      send: async () => {
        const { status, body } = await anonymous(this.url).post<{ caseNo: string }>(
          '/api/portal/entries/report',
          { data },
          { 'idempotency-key': key },
        );
        if (status === 429) return;
        if (status !== 201) throw new Error(`submission: ${status} ${JSON.stringify(body)}`);
        const known = this.submitted.get(key);
        if (known !== undefined && known !== body.caseNo)
          throw new Error(`submission ${key} became ${known} and ${body.caseNo}`);
        this.submitted.set(key, body.caseNo);
      },
    };
  }

  /** A session outlives the process, so the clerk signs in once. */
  private async signedIn(): Promise<Client> {
    this.clerk ??= await signIn(this.url, 'xf_clerk');
    return this.clerk;
  }

  private async completeOne(): Promise<void> {
    const clerk = await this.signedIn();
    const { body: list } = await clerk.get<TaskList>('/api/tasks?view=all&sort=created&limit=50');
    const task = list.items.find(
      ({ userTaskKey, elementId }) => elementId === 'registerPetition' && !this.underWay.has(userTaskKey),
    );
    if (!task || this.completed.has(task.userTaskKey)) return;
    const { userTaskKey } = task;
    this.underWay.add(userTaskKey);
    const { body: detail } = await clerk.get<TaskDetail>(`/api/tasks/${userTaskKey}`);
    await this.attempt(this.completion(userTaskKey, { ...detail.data, category: 'C01' }));
  }

  private completion(userTaskKey: string, data: unknown): Wish {
    return {
      key: `${this.name}-complete-${userTaskKey}`,
      send: async () => {
        const clerk = await this.signedIn();
        const { status, body } = await clerk.post(
          `/api/tasks/${userTaskKey}/completion`,
          { data },
          { 'idempotency-key': `${this.name}-complete` },
        );
        if (status !== 200) throw new Error(`completion: ${status} ${JSON.stringify(body)}`);
        this.completed.add(userTaskKey);
      },
    };
  }
}

/**
 * The connection broke: nobody knows whether the server did it. Told by name, since errors of `fetch` come from outside of
 * the test's own realm.
 */
function isCutOff(error: unknown): boolean {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
  return name === 'TypeError' || name === 'SyntaxError';
}
