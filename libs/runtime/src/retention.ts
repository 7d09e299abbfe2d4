import { addDuration } from '#calendar';
import type { Key } from '#engine';
import type { Definitions } from './definitions.js';
import type { Given, RowWrite, RuntimeStore } from './ports.js';
import type { RuntimeLog } from './runtime.js';

export interface RetentionOptions {
  readonly store: RuntimeStore;
  readonly definitions: Definitions;
  /** ISO 8601 duration for processes that name none; absent: their history is kept. */
  readonly historyTimeToLive: string | undefined;
  readonly timeZone: string;
  /** Engine time: of history and messages. */
  readonly now: () => number;
  /** Real time: of sessions and idempotency keys. */
  readonly wallClock: () => number;
  readonly log: RuntimeLog;
}

/** `ct.historyTimeToLive` of a process: how long the history of an ended instance is kept. */
const PROPERTY = 'ct.historyTimeToLive';
const EVERY_MS = 60_000;
/** Instances or messages of one transaction, so that nobody waits long behind it. */
const CHUNK = 200;
/** Small rows of one transaction, and transactions of one kind in a row. */
const ROWS = 500;
const ROUNDS = 20;
/** A command is not repeated later than that. */
const IDEMPOTENCY_MS = 7 * 24 * 3_600_000;
/** Who started a batch operation looks at its outcome sooner. */
const BATCHES_MS = 30 * 24 * 3_600_000;
/** Long enough to see what was delivered when. */
const DELIVERED_MS = 7 * 24 * 3_600_000;
/** Events that were to start an instance together, of which some have not come for so long, do not belong together. */
const START_SETS_MS = 90 * 24 * 3_600_000;
/** A correlation under way may still ask for its message. */
const MESSAGE_GRACE_MS = 3_600_000;

/** Removes what nobody needs any more, a chunk of each kind at a time, beside all other work. */
export class Retention {
  private lastAt = Number.NEGATIVE_INFINITY;
  private working: Promise<void> | undefined;
  private isOpen = false;

  constructor(private readonly options: RetentionOptions) {}

  open(): void {
    this.isOpen = true;
  }

  /** Ends after the chunk under way. */
  async close(): Promise<void> {
    this.isOpen = false;
    await this.working;
  }

  get isBusy(): boolean {
    return this.working !== undefined;
  }

  /** Once a minute; what is left after a chunk waits for the next time. */
  wake(): void {
    const { wallClock, log } = this.options;
    if (!this.isOpen || this.working || wallClock() - this.lastAt < EVERY_MS) return;
    this.lastAt = wallClock();
    this.working = this.work()
      .catch((cause: unknown) => log.error({ err: cause }, 'what is out of date could not be removed'))
      .finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    for (const chunk of this.leftovers()) await this.removeAll(chunk);
    await this.commit(this.messages());
    for (const [processDefinitionKey, timeToLive] of await this.timesToLive())
      if (this.isOpen) await this.commit(this.history(processDefinitionKey, timeToLive));
  }

  private commit(find: (given: Given) => Promise<readonly RowWrite[]> | readonly RowWrite[]) {
    return this.options.store.commit<null>({
      decide: async (given) => ({ ok: true, reply: null, changes: { writes: await find(given) } }),
    });
  }

  /** What is left after many rounds waits for the next minute. */
  private async removeAll({ sql, params }: Chunk): Promise<void> {
    for (let round = 0; round < ROUNDS && this.isOpen; round++) {
      const outcome = await this.options.store.commit({
        decide: async ({ query }) => ({ ok: true, reply: (await query(sql, params)).length, changes: {} }),
      });
      if (!outcome.ok || outcome.reply < ROWS) return;
    }
  }

  private leftovers(): readonly Chunk[] {
    const [now, engineNow] = [this.options.wallClock(), this.options.now()];
    const batches = '(SELECT "key" FROM batch_operations WHERE end_at < ?)';
    const items = '(SELECT 1 FROM batch_operation_items i WHERE i.batch_operation_key = batch_operations."key")';
    return [
      chunkOf('sessions', ['token_hash'], 'expires_at < ?', now),
      chunkOf('idempotency_keys', ['key', 'account'], 'at < ?', now - IDEMPOTENCY_MS),
      chunkOf('client_requests', ['account', 'key'], 'at < ?', now - IDEMPOTENCY_MS),
      chunkOf('outbox', ['key'], `state IN ('DELIVERED', 'DISCARDED') AND settled_at < ?`, now - DELIVERED_MS),
      chunkOf('inbox', ['key'], 'done_at < ?', engineNow - MESSAGE_GRACE_MS),
      chunkOf('start_sets', ['key'], 'opened_at < ?', engineNow - START_SETS_MS),
      chunkOf(
        'batch_operation_items',
        ['batch_operation_key', 'item_key'],
        `batch_operation_key IN ${batches}`,
        engineNow - BATCHES_MS,
      ),
      chunkOf('batch_operations', ['key'], `end_at < ? AND NOT EXISTS ${items}`, engineNow - BATCHES_MS),
    ];
  }

  private messages(): (given: Given) => Promise<readonly RowWrite[]> {
    const before = this.options.now() - MESSAGE_GRACE_MS;
    return async ({ query }) => {
      const rows = await query('SELECT "key" FROM messages WHERE expires_at < ? LIMIT ?', [before, CHUNK]);
      return rows.flatMap(({ key }) => [
        { sql: 'DELETE FROM message_correlations WHERE message_key = ?', params: [key] },
        { sql: 'DELETE FROM messages WHERE "key" = ?', params: [key] },
      ]);
    };
  }

  private history(processDefinitionKey: Key, timeToLive: string): (given: Given) => Promise<readonly RowWrite[]> {
    const { store, now, timeZone } = this.options;
    const endedBefore = addDuration(now(), timeToLive.startsWith('-') ? timeToLive : `-${timeToLive}`, timeZone);
    return async (given) => {
      if (endedBefore === undefined) return [];
      const keys = await store.removableInstances(given, { processDefinitionKey, endedBefore, limit: CHUNK });
      return store.historyRemoval(keys);
    };
  }

  /** Each definition with its own time to live, else the default; a definition without either is not named. */
  private async timesToLive(): Promise<readonly (readonly [Key, string])[]> {
    const { store, historyTimeToLive } = this.options;
    const all = await store.reads.definitionsNaming(PROPERTY);
    const found: (readonly [Key, string])[] = [];
    for (const { key, isNaming } of all) {
      const timeToLive = isNaming ? await this.timeToLiveOf(key) : historyTimeToLive;
      if (timeToLive !== undefined) found.push([key, timeToLive]);
    }
    return found;
  }

  /** What cannot be read is kept. */
  private async timeToLiveOf(key: Key): Promise<string | undefined> {
    try {
      const loaded = await this.options.definitions.byKey(key);
      return loaded?.process.properties[PROPERTY] ?? this.options.historyTimeToLive;
    } catch (cause) {
      this.options.log.error({ err: cause, processDefinitionKey: key }, 'how long a history is kept could not be read');
      return undefined;
    }
  }
}

interface Chunk {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Gives a row for each that it removes. */
function chunkOf(table: string, key: readonly string[], condition: string, param: number): Chunk {
  const columns = key.map((column) => `"${column}"`).join(', ');
  const where = `(${columns}) IN (SELECT ${columns} FROM ${table} WHERE ${condition} LIMIT ${ROWS})`;
  return { sql: `DELETE FROM ${table} WHERE ${where} RETURNING 1`, params: [param] };
}
