import type { Key } from '#engine';
import type { BatchItem, BatchOperations, BatchRequest, BatchState, StoredBatch } from './operations.js';
import type { Outcome, RowWrite, RuntimeStore } from './ports.js';
import { type HiddenCases, notOfCases } from './hidden-cases.js';
import { reject } from './rejections.js';
import type { RuntimeLog } from './runtime.js';
import type { CaseQuery } from './work-items.js';

/** Does what a batch asks for to one item, together with the writes that say so. */
export type PerformItem = (batch: StoredBatch, item: BatchItem, done: readonly RowWrite[]) => Promise<Outcome<unknown>>;

export interface BatchOperationsOptions {
  readonly store: RuntimeStore;
  readonly perform: PerformItem;
  readonly hidden: HiddenCases;
  /** Engine time. */
  readonly now: () => number;
  readonly log: RuntimeLog;
}

/** Items that are worked off side by side; other commands come between two chunks. */
const CHUNK = 50;
const PAGE = 1_000;
const BATCHES = 20;

/**
 * Batch operations: rows in, chunks of commands out. An item is marked in the transaction of its effect, under the
 * condition that it is open and its batch active, so it happens once, on whichever node, before or after a crash.
 */
export class BatchWorker implements BatchOperations {
  private working: Promise<void> | undefined;
  private isOpen = false;

  constructor(private readonly options: BatchOperationsOptions) {}

  open(): void {
    this.isOpen = true;
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await this.working;
  }

  get isBusy(): boolean {
    return this.working !== undefined;
  }

  async create({ plan, filter, by }: BatchRequest) {
    const { store, now } = this.options;
    await store.reserveKeys();
    const key = store.nextKey();
    const row = {
      key,
      type: plan.type,
      state: 'CREATED',
      plan: JSON.stringify(plan),
      filter: JSON.stringify(filter),
      cursor: null,
      is_collected: false,
      created_by: by ?? null,
      error_message: null,
      start_at: now(),
      end_at: null,
    };
    const outcome = await store.commit({
      decide: () => ({
        ok: true,
        reply: { batchOperationKey: key, type: plan.type },
        changes: { rows: [{ insert: 'batch_operations', row }] },
      }),
    });
    this.wake();
    return outcome;
  }

  suspend(key: Key): Promise<Outcome<null>> {
    return this.change(key, ['ACTIVE', 'CREATED'], 'SUSPENDED');
  }

  async resume(key: Key): Promise<Outcome<null>> {
    const batch = await this.options.store.reads.batches.batch(key);
    // A search that was not over goes on where it stopped; so does one that had found all.
    const outcome = await this.change(key, ['SUSPENDED'], batch?.isCollected === false ? 'CREATED' : 'ACTIVE');
    this.wake();
    return outcome;
  }

  cancel(key: Key): Promise<Outcome<null>> {
    const open: RowWrite = {
      sql: `UPDATE batch_operation_items SET state = 'CANCELED', processed_at = ? WHERE batch_operation_key = ? AND state = 'ACTIVE'`,
      params: [this.options.now(), key],
    };
    return this.change(key, ['ACTIVE', 'CREATED', 'SUSPENDED'], 'CANCELED', [open]);
  }

  /** Works off what there is, unless that is being done already. */
  wake(): void {
    if (!this.isOpen || this.working) return;
    this.working = this.work()
      .catch((cause: unknown) => this.options.log.error({ err: cause }, 'batch operations could not be worked off'))
      .finally(() => (this.working = undefined));
  }

  private async change(
    key: Key,
    from: readonly BatchState[],
    to: BatchState,
    more: readonly RowWrite[] = [],
  ): Promise<Outcome<null>> {
    const ended = to === 'CANCELED' ? this.options.now() : null;
    const states = from.map((state) => `'${state}'`).join(', ');
    const set: RowWrite = {
      sql: `UPDATE batch_operations SET state = ?, end_at = ? WHERE "key" = ? AND state IN (${states})`,
      params: [to, ended, key],
      expectRows: 1,
    };
    return this.options.store.commit<null>({
      decide: async ({ query }) => {
        const [row] = await query('SELECT state FROM batch_operations WHERE "key" = ?', [key]);
        if (!row) return reject('notFound', `Expected batch operation ${key} to exist but it does not.`);
        if (!from.includes(row.state as BatchState))
          return reject(
            'invalidState',
            `Expected batch operation ${key} to be ${from.join(' or ')} but it is ${String(row.state)}.`,
          );
        return { ok: true, reply: null, changes: { writes: [set, ...more] } };
      },
    });
  }

  private async work(): Promise<void> {
    for (let hasMoved = true; hasMoved && this.isOpen;) {
      hasMoved = false;
      for (const batch of await this.options.store.reads.batches.runnableBatches(BATCHES)) {
        if (!this.isOpen) return;
        hasMoved = (await this.advance(batch)) || hasMoved;
      }
    }
  }

  /** One page or one chunk of a batch; false where nothing could be done now. */
  private advance(batch: StoredBatch): Promise<boolean> {
    return batch.state === 'CREATED' ? this.collect(batch) : this.workOff(batch);
  }

  private async collect(batch: StoredBatch): Promise<boolean> {
    const found = await this.findItems(batch);
    if (!found) return true;
    const { items, cursor } = found;
    const isLast = cursor === null;
    const page: RowWrite = {
      sql: `UPDATE batch_operations SET state = ?, cursor = ?, is_collected = ? WHERE "key" = ? AND state = 'CREATED' AND COALESCE(cursor, '') = ?`,
      params: [isLast ? 'ACTIVE' : 'CREATED', cursor, isLast, batch.key, batch.cursor ?? ''],
      expectRows: 1,
    };
    const rows = items.map(({ itemKey, processInstanceKey }) => ({
      batch_operation_key: batch.key,
      item_key: itemKey,
      process_instance_key: processInstanceKey,
      state: 'ACTIVE',
      error_message: null,
      processed_at: null,
    }));
    const insert: readonly RowWrite[] = rows.length > 0 ? [{ insert: 'batch_operation_items', rows }] : [];
    const outcome = await this.write([page, ...insert]);
    return outcome.ok;
  }

  /** A filter that the search refuses ends the operation. */
  private async findItems(batch: StoredBatch) {
    try {
      return await this.options.store.reads.batches.batchTargets(batch, PAGE);
    } catch (cause) {
      if (!(cause instanceof Error) || cause.name !== 'SearchError') throw cause;
      const { now } = this.options;
      const failed: RowWrite = {
        sql: `UPDATE batch_operations SET state = 'FAILED', error_message = ?, end_at = ? WHERE "key" = ? AND state = 'CREATED'`,
        params: [cause.message, now(), batch.key],
      };
      await this.write([failed]);
      return undefined;
    }
  }

  private async workOff(batch: StoredBatch): Promise<boolean> {
    const { batches } = this.options.store.reads;
    const hidden = await this.options.hidden(batch.by);
    const refused = hidden ? await batches.openItemsOf(batch.key, hidden, CHUNK) : [];
    if (refused.length > 0) return this.refuse(batch, refused);
    const items = await batches.openItems(batch.key, CHUNK);
    if (items.length === 0) return this.complete(batch);
    const done = await Promise.all(items.map((item) => this.workItem(batch, item, hidden)));
    return done.includes(true);
  }

  /** What does not exist for the account that asked. */
  private async refuse(batch: StoredBatch, items: readonly BatchItem[]): Promise<boolean> {
    const writes = items.map((item) => {
      const message = `Expected process instance ${item.processInstanceKey} to exist but it does not.`;
      return this.settled(batch, item, { state: 'FAILED', message });
    });
    return (await this.write(writes)).ok;
  }

  private async workItem(batch: StoredBatch, item: BatchItem, hidden: CaseQuery | undefined): Promise<boolean> {
    try {
      const completed = { state: 'COMPLETED', message: null, unlessOf: hidden };
      const outcome = await this.options.perform(batch, item, [this.settled(batch, item, completed)]);
      if (outcome.ok) return true;
      const { code, message } = outcome.rejection;
      if (code === 'conflict' || code === 'overloaded') return false;
      return (await this.write([this.settled(batch, item, { state: 'FAILED', message })])).ok;
    } catch (cause) {
      const place = { err: cause, batchOperationKey: batch.key, itemKey: item.itemKey };
      if (this.options.store.isUnavailable(cause)) {
        this.options.log.warn(place, 'batch item will be tried again');
        return false;
      }
      this.options.log.error(place, 'batch item failed');
      const message = 'Expected the item to be worked off but something failed inside; it is logged.';
      return (await this.write([this.settled(batch, item, { state: 'FAILED', message })])).ok;
    }
  }

  /** Refuses the whole unit where the item is done, its batch is held, or its instance is of one of the cases. */
  private settled({ key }: StoredBatch, { itemKey }: BatchItem, { state, message, unlessOf }: Settlement): RowWrite {
    const exists = notOfCases('batch_operation_items.process_instance_key', unlessOf);
    return {
      sql: `UPDATE batch_operation_items SET state = ?, error_message = ?, processed_at = ? WHERE batch_operation_key = ? AND item_key = ? AND state = 'ACTIVE'
            AND EXISTS (SELECT 1 FROM batch_operations b WHERE b."key" = ? AND b.state = 'ACTIVE')${exists.sql}`,
      params: [state, message, this.options.now(), key, itemKey, key, ...exists.params],
      expectRows: 1,
    };
  }

  private async complete({ key }: StoredBatch): Promise<boolean> {
    const end: RowWrite = {
      sql: `UPDATE batch_operations SET state = 'COMPLETED', end_at = ? WHERE "key" = ? AND state = 'ACTIVE'`,
      params: [this.options.now(), key],
      expectRows: 1,
    };
    await this.write([end]);
    return false;
  }

  private write(writes: readonly RowWrite[]): Promise<Outcome<null>> {
    return this.options.store.commit<null>({ decide: () => ({ ok: true, reply: null, changes: { writes } }) });
  }
}

interface Settlement {
  readonly state: string;
  readonly message: string | null;
  readonly unlessOf?: CaseQuery | undefined;
}
