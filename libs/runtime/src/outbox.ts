import type { Key } from '#engine';
import type { Claimed, CommittedUnit, Delivery, Outcome, RowWrite, RuntimeStore } from './ports.js';
import { reject } from './rejections.js';
import type { Releases } from './releases.js';
import type { DeliveryHandler, DeliveryResult, RuntimeLog } from './runtime.js';

export interface OutboxOptions {
  readonly store: RuntimeStore;
  readonly wallClock: () => number;
  readonly random: () => number;
  readonly releases: Releases;
  readonly log: RuntimeLog;
}

/** Deliveries of one kind under way at a time, so that a slow receiver holds up its own kind alone. */
const AT_ONCE = 20;
/** With the waits below: about four hours until an effect is given up. */
const MOST_ATTEMPTS = 16;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 3_600_000;
/** What the database did not take is delivered again after so long. */
const PENALTY_MS = 1_000;

/**
 * Delivers what commands ask of the outside, at least once and under one key each (ADR 17): a row is claimed, handed to
 * the handler of its kind and settled where it is still claimed. Who dies between the last two delivers again. No order
 * is kept.
 */
export class Outbox {
  private readonly handlers = new Map<string, DeliveryHandler>();
  private readonly running = new Map<Promise<void>, string>();
  private taking: Promise<void> | undefined;
  private isAskedAgain = false;
  private works = false;

  constructor(private readonly options: OutboxOptions) {}

  register(kind: string, handler: DeliveryHandler): void {
    this.handlers.set(kind, handler);
    this.wake();
  }

  get isOpen(): boolean {
    return this.works;
  }

  get size(): number {
    return this.running.size + (this.taking ? 1 : 0);
  }

  open(): void {
    this.works = true;
    this.wake();
  }

  /** Ends taking up rows and waits for those under way. */
  async close(): Promise<void> {
    this.works = false;
    await this.taking;
    await Promise.all(this.running.keys());
  }

  take(units: readonly CommittedUnit[]): void {
    if (units.some(({ rows }) => rows.some((row) => 'insert' in row && row.insert === 'outbox'))) this.wake();
  }

  /** Takes up what is due, also what another node made. */
  wake(): void {
    if (!this.works || this.handlers.size === 0) return;
    if (this.taking) {
      this.isAskedAgain = true;
      return;
    }
    this.taking = this.takeDue()
      .catch((cause: unknown) => this.options.log.error({ err: cause }, 'deliveries could not be taken up'))
      .finally(() => {
        this.taking = undefined;
        if (!this.isAskedAgain) return;
        this.isAskedAgain = false;
        this.wake();
      });
  }

  async poll(): Promise<void> {
    if (this.works && (await this.isDue())) this.wake();
  }

  isDue(): Promise<boolean> {
    return this.options.store.reads.areDeliveriesDue([...this.handlers.keys()], this.options.wallClock());
  }

  /** From the first attempt on, under the old key. */
  async retry(key: Key): Promise<Outcome<null>> {
    const set = `state = 'PENDING', attempts = 0, next_at = ?, settled_at = NULL, claimed_by = NULL`;
    const outcome = await this.changeFailed('retryDelivery', key, set);
    if (outcome.ok) this.wake();
    return outcome;
  }

  /** Ends it for good; what it held is not kept. */
  discard(key: Key): Promise<Outcome<null>> {
    return this.changeFailed('discardDelivery', key, `state = 'DISCARDED', payload = '{}', settled_at = ?`);
  }

  /** `set` takes the time as its one parameter. */
  private changeFailed(kind: string, key: Key, set: string): Promise<Outcome<null>> {
    return this.options.store.commit<null>({
      kind,
      decide: async ({ query }) => {
        const changed = await query(`UPDATE outbox SET ${set} WHERE "key" = ? AND state = 'FAILED' RETURNING "key"`, [
          this.options.wallClock(),
          key,
        ]);
        if (changed.length > 0) return { ok: true, reply: null, changes: {} };
        const [row] = await query('SELECT state FROM outbox WHERE "key" = ?', [key]);
        if (!row) return reject('notFound', `Expected delivery ${key} to exist but it does not.`);
        return reject('invalidState', `Expected delivery ${key} to be FAILED but it is ${String(row.state)}.`);
      },
    });
  }

  private async takeDue(): Promise<void> {
    for (const kind of this.handlers.keys()) await this.takeDueOf(kind);
  }

  /** Reads first: a claim of nothing would be a transaction too. */
  private async takeDueOf(kind: string): Promise<void> {
    const { store, wallClock } = this.options;
    for (let free = this.freeFor(kind); this.works && free > 0; free = this.freeFor(kind)) {
      if (!(await store.reads.areDeliveriesDue([kind], wallClock()))) return;
      const rows = await store.claims.deliveries([kind], wallClock(), free);
      rows.forEach((row) => this.begin(row));
      if (rows.length < free) return;
    }
  }

  private freeFor(kind: string): number {
    return AT_ONCE - [...this.running.values()].filter((each) => each === kind).length;
  }

  private begin(row: Claimed<Delivery>): void {
    const work = this.deliver(row).finally(() => {
      const wasFull = this.freeFor(row.kind) === 0;
      this.running.delete(work);
      if (wasFull) this.wake();
    });
    this.running.set(work, row.kind);
  }

  private async deliver(row: Claimed<Delivery>): Promise<void> {
    const result = await this.resultOf(row);
    try {
      const outcome = await this.options.store.commit({
        kind: 'acknowledgeDelivery',
        claim: row.claim,
        decide: () => ({ ok: true, reply: null, changes: { writes: [this.settled(row, result)] } }),
      });
      if (outcome.ok) return this.report(row, result);
      this.options.log.warn({ ...placeOf(row), rejection: outcome.rejection }, 'result of a delivery was refused');
    } catch (cause) {
      this.options.log.error({ ...placeOf(row), err: cause }, 'result of a delivery could not be stored');
    }
    this.options.releases.add({ table: 'outbox', key: row.key, claim: row.claim }, PENALTY_MS);
  }

  /** An attempt beyond the last one follows attempts that nobody survived: it is not made. */
  private async resultOf(row: Delivery): Promise<DeliveryResult> {
    if (row.attempt > MOST_ATTEMPTS) return { ok: false, message: 'no attempt came to an end' };
    try {
      return await this.handlers.get(row.kind)!(row);
    } catch (cause) {
      this.options.log.error({ ...placeOf(row), err: cause }, 'delivery handler failed');
      return { ok: false, message: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  /** What was delivered is not kept. */
  private settled({ key, claim, attempt }: Claimed<Delivery>, result: DeliveryResult): RowWrite {
    const now = this.options.wallClock();
    const where = 'WHERE "key" = ? AND claimed_by = ?';
    if (result.ok)
      return {
        sql: `UPDATE outbox SET state = 'DELIVERED', payload = '{}', error_message = NULL, settled_at = ?, claimed_by = NULL ${where}`,
        params: [now, key, claim],
        expectRows: 1,
      };
    const isOver = isGivenUp(attempt, result);
    return {
      sql: `UPDATE outbox SET state = ?, error_message = ?, next_at = ?, settled_at = ?, claimed_by = NULL ${where}`,
      params: [
        isOver ? 'FAILED' : 'PENDING',
        result.message,
        now + this.waitMs(attempt),
        isOver ? now : null,
        key,
        claim,
      ],
      expectRows: 1,
    };
  }

  /** Doubles, and is spread over its second half so that not all come again at once. */
  private waitMs(attempt: number): number {
    const longest = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
    return Math.round(longest * (0.5 + this.options.random() / 2));
  }

  private report(row: Delivery, result: DeliveryResult): void {
    if (result.ok) return;
    const isOver = isGivenUp(row.attempt, result);
    const fields = { ...placeOf(row), reason: result.message };
    if (isOver) this.options.log.error(fields, 'delivery was given up; a person must look at it');
    else this.options.log.warn(fields, 'delivery will be tried again');
  }
}

const isGivenUp = (attempt: number, result: DeliveryResult): boolean =>
  !result.ok && (result.isFinal === true || attempt >= MOST_ATTEMPTS);

/** Where a delivery stands, without what it holds. */
const placeOf = ({ key, kind, attempt, processInstanceKey }: Delivery) => ({
  outboxKey: key,
  kind,
  attempt,
  processInstanceKey,
});
