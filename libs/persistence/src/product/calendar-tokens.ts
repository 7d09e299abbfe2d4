import type { RowWrite } from '#runtime';
import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';

export interface CalendarTokens {
  /** When the account's address was made, epoch ms; undefined where it has none. */
  createdAt(account: string): Promise<number | undefined>;
  accountOf(tokenHash: string): Promise<string | undefined>;
  /** How often each instance had changed when its rows in ledgers were made. */
  revisions(processInstanceKeys: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export function createCalendarTokens(database: Database): CalendarTokens {
  const query = readerQuery(database);
  return {
    createdAt: async (account) => {
      const [row] = await query('SELECT created_at FROM calendar_tokens WHERE account = ?', [account]);
      return row && Number(row['created_at']);
    },
    accountOf: async (tokenHash) => {
      const [row] = await query('SELECT account FROM calendar_tokens WHERE token_hash = ?', [tokenHash]);
      return row && String(row['account']);
    },
    revisions: async (keys) => {
      if (keys.length === 0) return new Map();
      const rows = await query(
        `SELECT process_instance_key, revision FROM ledger_positions WHERE process_instance_key IN ${list(keys.length)}`,
        keys,
      );
      return new Map(rows.map((row) => [String(row['process_instance_key']), Number(row['revision'])]));
    },
  };
}

/** In place of the one before, which is known no more; `createdAt` is epoch ms. */
export function replaceCalendarToken(account: string, tokenHash: string, createdAt: number): readonly RowWrite[] {
  const row = { account, token_hash: tokenHash, created_at: createdAt };
  return [...removeCalendarToken(account), { insert: 'calendar_tokens', rows: [row] }];
}

export function removeCalendarToken(account: string): readonly RowWrite[] {
  return [{ sql: 'DELETE FROM calendar_tokens WHERE account = ?', params: [account] }];
}
