import type { EngineClock } from './clock.js';
import type { Definitions } from './definitions.js';
import type { Instances } from './instances.js';
import type {
  Claimed,
  ClaimTable,
  CommittedUnit,
  DueTimer,
  Outcome,
  RowWrite,
  RuntimeStore,
  StartSubscription,
} from './ports.js';
import { inboxRow } from './projections/inbox.js';
import { isTransient } from './rejections.js';
import type { Releases } from './releases.js';
import type { RuntimeLog } from './runtime.js';
import { gatherEntry, occurrenceOf } from './start-occurrence.js';
import { nextStart } from './start-timers.js';

export interface SchedulerOptions {
  readonly store: RuntimeStore;
  readonly instances: Instances;
  readonly definitions: Definitions;
  readonly clock: EngineClock;
  readonly timeZone: string;
  readonly releases: Releases;
  readonly log: RuntimeLog;
  /** Once a second, with the rest of the node's regular work. */
  readonly poll: () => Promise<void>;
}

const POLL_MS = 1_000;
const BATCH = 200;
/** A timer that could not be fired is left alone so long; shorter where the reason passes. */
const PENALTY_MS = 30_000;
const SHORT_PENALTY_MS = 500;

/**
 * Fires due timers: at the precise time of the next one, after each pinning of the clock, and by a poll once a second.
 * Nodes claim them in batches, so that each fires what no other does.
 */
export class Scheduler {
  private wakeUp: ReturnType<typeof setTimeout> | undefined;
  private nextAt = Number.POSITIVE_INFINITY;
  private isOpen = false;
  private ticking: Promise<void> | undefined;
  private isAskedAgain = false;

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
    for (const { rows } of units)
      for (const row of rows) if ('insert' in row && row.insert === 'timers') this.expect(Number(row.row.due_at));
  }

  /** A timer is due at this time: epoch ms. */
  expect(dueAt: number): void {
    if (dueAt < this.nextAt) this.sleepUntil(dueAt);
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
    const { claims, reads } = this.options.store;
    for (;;) {
      const now = this.options.clock.now();
      const next = await reads.nextTimerAt();
      if (next === undefined || next > now || !this.isOpen) return;
      const timers = await claims.timers(now, BATCH);
      // At once: what is claimed must be worked off, whatever becomes of the next statement.
      const firing = timers.map((timer) => this.fire(timer));
      const starts = await claims.startTimers(now, BATCH);
      if (timers.length + starts.length === 0) return;
      await Promise.all([...firing, ...starts.map((start) => this.start(start, now))]);
    }
  }

  /** A timer whose instance no longer waits for it is removed. */
  private async fire(timer: Claimed<DueTimer>): Promise<void> {
    try {
      const outcome = await this.options.instances.execute({
        instanceKey: timer.processInstanceKey,
        command: { type: 'triggerTimer', timerKey: timer.key },
        claim: timer.claim,
      });
      if (outcome.ok) return;
      const removed = isTransient(outcome.rejection.code) ? outcome : await this.remove(timer);
      if (!removed.ok) this.penalize('timers', timer, SHORT_PENALTY_MS);
    } catch (cause) {
      this.options.log.error({ err: cause, timerKey: timer.key }, 'timer could not be fired');
      this.penalize('timers', timer, PENALTY_MS);
    }
  }

  private remove({ key, claim }: Claimed<DueTimer>): Promise<Outcome<null>> {
    return this.options.store.commit<null>({
      claim,
      decide: () => ({ ok: true, reply: null, changes: { rows: [{ delete: 'timers', key: { key } }] } }),
    });
  }

  /** One instance for all times that were missed; the next one is counted from now. */
  private async start(start: Claimed<StartSubscription>, now: number): Promise<void> {
    try {
      const loaded = await this.options.definitions.byKey(start.processDefinitionKey);
      const next = loaded && nextStart(loaded.process, start, now, this.options.timeZone);
      const moved = {
        sql: 'UPDATE start_subscriptions SET due_at = ?, repetitions_left = ?, anchor_at = ?, claimed_by = NULL WHERE "key" = ? AND due_at = ?',
        params: [
          next?.dueAt ?? null,
          next?.repetitionsLeft ?? null,
          start.anchorAt ?? start.dueAt,
          start.key,
          start.dueAt,
        ],
        expectRows: 1,
      };
      const outcome = await this.begin(start, moved, now);
      if (!outcome.ok) this.penalize('start_subscriptions', start, PENALTY_MS);
    } catch (cause) {
      this.options.log.error({ err: cause, subscriptionKey: start.key }, 'timer start could not be fired');
      this.penalize('start_subscriptions', start, PENALTY_MS);
    }
  }

  /** Of a parallel multiple start event the timer is one that has happened; the others are waited for. */
  private async begin(start: Claimed<StartSubscription>, moved: RowWrite, now: number): Promise<Outcome<unknown>> {
    const { instances, store } = this.options;
    const { claim, processDefinitionKey, elementId: startElementId } = start;
    const request = { processDefinitionKey, startElementId, variables: {} };
    if (start.eventIndex === null) return instances.create(request, { claim, extraWrites: [moved] });
    await store.reserveKeys();
    const entry = gatherEntry({ ...occurrenceOf(start, start.eventIndex), variables: {} });
    const row = inboxRow(entry, { instance: store.nextKey(), position: 0 }, store.nextKey(), now);
    return store.commit({
      claim,
      decide: () => ({ ok: true, reply: null, changes: { rows: [row], writes: [moved] } }),
    });
  }

  /** Keeps the claim for a while, so that nobody tries, and then gives it back. */
  private penalize(table: ClaimTable, { key, claim }: Claimed<{ readonly key: string }>, afterMs: number): void {
    this.options.releases.add({ table, key, claim }, afterMs);
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
