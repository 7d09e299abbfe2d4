import type { Inbox } from './inbox.js';
import type { Jobs } from './jobs.js';
import type { Outbox } from './outbox.js';
import type { RuntimeStore } from './ports.js';
import type { RuntimeLog } from './runtime.js';
import type { Scheduler } from './scheduler.js';

export interface TakeoverOptions {
  readonly store: RuntimeStore;
  readonly inbox: Inbox;
  readonly jobs: Jobs;
  readonly outbox: Outbox;
  readonly scheduler: Scheduler;
  readonly log: RuntimeLog;
}

const LOOK_EVERY_MS = 1_000;
const LEFTOVERS_EVERY_MS = 2_000;

/**
 * Looks for nodes that have ended, and takes up at once what they had claimed. Apart from the timers: however many are due,
 * an ended node is noticed.
 */
export class Takeover {
  private looking: ReturnType<typeof setInterval> | undefined;
  private current: Promise<void> | undefined;
  private leftoversAt = 0;

  constructor(private readonly options: TakeoverOptions) {}

  /** Before other work begins: what an earlier run of this node left. */
  async begin(): Promise<void> {
    await this.options.store.removeDeadNodes();
    this.options.inbox.open();
    await this.takeLeftovers();
  }

  open(): void {
    this.looking = setInterval(() => {
      this.current ??= this.look()
        .catch((cause: unknown) => this.options.log.error({ err: cause }, 'ended nodes could not be looked for'))
        .finally(() => (this.current = undefined));
    }, LOOK_EVERY_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.looking);
    await this.current;
  }

  /** Inbox rows of nodes that only make work, and do none, are looked for now and then. */
  private async look(): Promise<void> {
    const { store, jobs, outbox, scheduler } = this.options;
    const ended = await store.removeDeadNodes();
    if (ended === 0 && Date.now() - this.leftoversAt < LEFTOVERS_EVERY_MS) return;
    await this.takeLeftovers();
    if (ended === 0) return;
    await jobs.poll();
    await outbox.poll();
    void scheduler.tick();
  }

  private async takeLeftovers(): Promise<void> {
    this.leftoversAt = Date.now();
    await this.options.inbox.takeLeftovers();
  }
}
