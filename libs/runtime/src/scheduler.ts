import type { Key } from '#engine';
import type { EngineClock } from './clock.js';
import type { Definitions } from './definitions.js';
import type { Instances } from './instances.js';
import type { CommittedUnit, DueTimer, RuntimeStore, StartSubscription } from './ports.js';
import type { RuntimeLog } from './runtime.js';
import { nextStart } from './start-timers.js';

export interface SchedulerOptions {
  readonly store: RuntimeStore;
  readonly instances: Instances;
  readonly definitions: Definitions;
  readonly clock: EngineClock;
  readonly timeZone: string;
  readonly log: RuntimeLog;
  /** Once a second, with the rest of the node's regular work. */
  readonly poll: () => Promise<void>;
}

const POLL_MS = 1_000;
const BATCH = 200;
/** A timer that could not be fired is left alone so long. */
const PENALTY_MS = 30_000;

/** Fires due timers: at the precise time of the next one, after each pinning of the clock, and by a poll once a second. */
export class Scheduler {
  private wakeUp: ReturnType<typeof setTimeout> | undefined;
  private nextAt = Number.POSITIVE_INFINITY;
  private isOpen = false;
  private ticking: Promise<void> | undefined;
  private isAskedAgain = false;
  private readonly penalties = new Map<Key, number>();

  constructor(private readonly options: SchedulerOptions) {}

  open(): void {
    this.isOpen = true;
    void this.tick();
  }

  async close(): Promise<void> {
    this.isOpen = false;
    clearTimeout(this.wakeUp);
    await this.ticking;
  }

  get isBusy(): boolean {
    return this.ticking !== undefined;
  }

  /** A timer that was just set may be due before the one waited for. */
  take(units: readonly CommittedUnit[]): void {
    for (const { rows } of units) {
      for (const row of rows)
        if ('insert' in row && row.insert === 'timers' && Number(row.row.due_at) < this.nextAt)
          this.sleepUntil(Number(row.row.due_at));
    }
  }

  /** Fires all that is due now; calls that overlap run once more at the end. */
  async tick(): Promise<void> {
    if (!this.isOpen) return;
    if (this.ticking) {
      this.isAskedAgain = true;
      return this.ticking;
    }
    this.ticking = this.run().finally(() => (this.ticking = undefined));
    await this.ticking;
  }

  private async run(): Promise<void> {
    try {
      do {
        this.isAskedAgain = false;
        await this.options.poll();
        await this.fireDue();
      } while (this.isAskedAgain && this.isOpen);
      this.sleepUntil((await this.options.store.reads.nextTimerAt()) ?? Number.POSITIVE_INFINITY);
    } catch (cause) {
      this.options.log.error({ err: cause }, 'timers could not be fired');
      this.sleepUntil(Number.POSITIVE_INFINITY);
    }
  }

  private async fireDue(): Promise<void> {
    const { reads } = this.options.store;
    for (;;) {
      const now = this.options.clock.now();
      const timers = (await reads.dueTimers(now, BATCH)).filter((timer) => this.mayFire(timer.key));
      const starts = (await reads.dueStartTimers(now, BATCH)).filter((start) => this.mayFire(start.key));
      if (timers.length + starts.length === 0 || !this.isOpen) return;
      await Promise.all([...timers.map((timer) => this.fire(timer)), ...starts.map((start) => this.start(start, now))]);
    }
  }

  private mayFire(key: Key): boolean {
    const until = this.penalties.get(key);
    if (until === undefined) return true;
    if (until > Date.now()) return false;
    this.penalties.delete(key);
    return true;
  }

  /** A timer whose instance no longer waits for it is removed. */
  private async fire(timer: DueTimer): Promise<void> {
    try {
      const outcome = await this.options.instances.execute({
        instanceKey: timer.processInstanceKey,
        command: { type: 'triggerTimer', timerKey: timer.key },
      });
      if (outcome.ok) return;
      if (outcome.rejection.code === 'overloaded' || outcome.rejection.code === 'conflict')
        return this.penalize(timer.key);
      await this.options.store.commit({
        decide: () => ({ ok: true, reply: null, changes: { rows: [{ delete: 'timers', key: { key: timer.key } }] } }),
      });
    } catch (cause) {
      this.options.log.error({ err: cause, timerKey: timer.key }, 'timer could not be fired');
      this.penalize(timer.key);
    }
  }

  /** One instance for all times that were missed; the next one is counted from now. */
  private async start(start: StartSubscription, now: number): Promise<void> {
    try {
      const loaded = await this.options.definitions.byKey(start.processDefinitionKey);
      const next = loaded && nextStart(loaded.process, start, now, this.options.timeZone);
      const outcome = await this.options.instances.create(
        { processDefinitionKey: start.processDefinitionKey, startElementId: start.elementId, variables: {} },
        {
          extraWrites: [
            {
              sql: 'UPDATE start_subscriptions SET due_at = ?, repetitions_left = ? WHERE "key" = ? AND due_at = ?',
              params: [next?.dueAt ?? null, next?.repetitionsLeft ?? null, start.key, start.dueAt],
              expectRows: 1,
            },
          ],
        },
      );
      if (!outcome.ok) this.penalize(start.key);
    } catch (cause) {
      this.options.log.error({ err: cause, subscriptionKey: start.key }, 'timer start could not be fired');
      this.penalize(start.key);
    }
  }

  private penalize(key: Key): void {
    this.penalties.set(key, Date.now() + PENALTY_MS);
  }

  private sleepUntil(at: number): void {
    if (!this.isOpen) return;
    clearTimeout(this.wakeUp);
    this.nextAt = at;
    const delay = this.options.clock.isPinned ? POLL_MS : Math.min(Math.max(at - this.options.clock.now(), 0), POLL_MS);
    this.wakeUp = setTimeout(() => void this.tick(), delay);
    this.wakeUp.unref();
  }
}
