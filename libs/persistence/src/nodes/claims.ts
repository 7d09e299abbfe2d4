import type { Claim, Claims, Given, Outcome, Row, Unit } from '#runtime';
import { list } from '../dialect.js';
import type { SqlDialect } from '../dialect.js';
import { asKey, toDelivery, toInboxRow, toStartSubscription } from '../records.js';

/** Nobody works on it: never claimed, or by an epoch that has ended (ADR 17). */
export const FREE = '(claimed_by IS NULL OR claimed_by NOT IN (SELECT epoch FROM nodes))';

type Commit = <R>(unit: Unit<R>) => Promise<Outcome<R>>;

/** Takes work in the name of this node's epoch. Nodes on PostgreSQL step over rows that another is just taking. */
export function createClaims(dialect: SqlDialect, commit: Commit): Claims {
  /** `order`: the columns by which the statement chooses; what it returns has no order. */
  const claim = async <T>(
    { sql, order, kind }: { readonly sql: string; readonly order: readonly string[]; readonly kind?: string },
    params: readonly unknown[],
    read: (row: Row) => T,
  ) => {
    const decide = async (given: Given) => {
      const rows = await given.query(sql, [given.epoch, ...params]);
      const reply = inOrder(rows, order).map((row) => ({ ...read(row), claim: given.epoch }));
      return { ok: true, reply, changes: {} } as const;
    };
    const outcome = await commit(kind === undefined ? { decide } : { kind, decide });
    return outcome.ok ? outcome.reply : [];
  };
  return {
    timers: (now, limit) =>
      claim(
        {
          sql: `UPDATE timers SET claimed_by = ? WHERE "key" IN (SELECT "key" FROM timers WHERE due_at <= ? AND ${FREE}
                ORDER BY due_at, "key" LIMIT ? ${dialect.skipLocked}) RETURNING "key", process_instance_key, due_at`,
          order: ['due_at', 'key'],
        },
        [now, limit],
        (row) => ({
          key: asKey(row.key),
          processInstanceKey: asKey(row.process_instance_key),
          dueAt: Number(row.due_at),
        }),
      ),
    startTimers: (now, limit) =>
      claim(
        {
          sql: `UPDATE start_subscriptions SET claimed_by = ? WHERE "key" IN (SELECT "key" FROM start_subscriptions
                WHERE due_at <= ? AND ${FREE} ORDER BY due_at LIMIT ? ${dialect.skipLocked}) RETURNING *`,
          order: ['due_at', 'key'],
        },
        [now, limit],
        toStartSubscription,
      ),
    inbox: (limit) =>
      claim(
        {
          sql: `UPDATE inbox SET claimed_by = ? WHERE "key" IN (SELECT "key" FROM inbox WHERE done_at IS NULL AND ${FREE}
                ORDER BY "key" LIMIT ? ${dialect.skipLocked}) RETURNING *`,
          order: ['key'],
        },
        [limit],
        toInboxRow,
      ),
    deliveries: (kinds, now, limit) =>
      claim(
        {
          sql: `UPDATE outbox SET claimed_by = ?, attempts = attempts + 1 WHERE "key" IN (SELECT "key" FROM outbox
                WHERE state = 'PENDING' AND kind IN ${list(kinds.length)} AND next_at <= ? AND ${FREE}
                ORDER BY next_at, "key" LIMIT ? ${dialect.skipLocked}) RETURNING *`,
          order: ['next_at', 'key'],
          kind: 'claimDeliveries',
        },
        [...kinds, now, limit],
        toDelivery,
      ),
    release: async (claims) => (await commit({ decide: (given) => released(given, claims) })).ok,
  };
}

/** Rows by columns that hold whole numbers, smallest first. */
const inOrder = (rows: readonly Row[], columns: readonly string[]): readonly Row[] =>
  rows.toSorted((a, b) => columns.reduce((order, column) => order || Number(a[column]) - Number(b[column]), 0));

async function released(given: Given, claims: readonly Claim[]) {
  for (const table of new Set(claims.map((claim) => claim.table))) {
    const rows = claims.filter((claim) => claim.table === table);
    await given.query(
      `UPDATE ${table} SET claimed_by = NULL WHERE "key" IN ${list(rows.length)} AND claimed_by IN ${list(rows.length)} RETURNING 1`,
      [...rows.map(({ key }) => key), ...rows.map(({ claim }) => claim)],
    );
  }
  return { ok: true, reply: null, changes: {} } as const;
}
