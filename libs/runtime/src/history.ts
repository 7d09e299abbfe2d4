import type { Key } from '#engine';
import type { Decision, Given, Outcome, RowWrite, RuntimeStore } from './ports.js';
import { reject } from './rejections.js';

/** Removes the history of instances that have ended. What is sealed, and who looked at it, has rules of its own. */
export class History {
  constructor(private readonly store: RuntimeStore) {}

  /** Removes one instance; `writes` commit with it. */
  remove(key: Key, writes: readonly RowWrite[] = []): Promise<Outcome<null>> {
    return this.store.commit<null>({
      decide: async (given): Promise<Decision<null>> => {
        const keys = await this.store.removableInstances(given, { keys: [key] });
        if (keys.length === 0) return this.refusal(given, key);
        return { ok: true, reply: null, changes: { writes: [...this.store.historyRemoval(keys), ...writes] } };
      },
    });
  }

  private async refusal({ query }: Given, key: Key): Promise<Decision<null>> {
    const [row] = await query('SELECT state, case_key FROM process_instances WHERE "key" = ?', [key]);
    if (!row) return reject('notFound', `Expected process instance ${key} to exist but it does not.`);
    if (row.state === 'ACTIVE')
      return reject(
        'invalidState',
        `Expected process instance ${key} to have ended but it is ACTIVE. Cancel it first.`,
      );
    const [undelivered] = await query(
      `SELECT 1 AS found FROM outbox WHERE process_instance_key = ? AND state IN ('PENDING', 'FAILED') LIMIT 1`,
      [key],
    );
    if (undelivered)
      return reject(
        'invalidState',
        `Expected all deliveries of process instance ${key} to be delivered or discarded but one is not.`,
      );
    return reject(
      'invalidState',
      `Expected process instance ${key} to be needed no more but ${row.case_key === null ? 'the instance that called it has not ended' : 'its case is open or holds protected content, which must be destroyed first'}.`,
    );
  }
}
