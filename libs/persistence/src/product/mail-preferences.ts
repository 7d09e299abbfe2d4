import type { Row, RowWrite } from '#runtime';
import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';

/** Where an account wants its notices by e-mail, and whether. */
export interface MailPreference {
  readonly account: string;
  readonly address: string;
  readonly wanted: boolean;
}

export interface MailPreferences {
  of(account: string): Promise<MailPreference | undefined>;
  /** Of all accounts that want e-mail. */
  wanted(): Promise<readonly MailPreference[]>;
}

export function createMailPreferences(database: Database): MailPreferences {
  const query = readerQuery(database);
  return {
    of: async (account) => {
      const [row] = await query('SELECT * FROM mail_preferences WHERE account = ?', [account]);
      return row && toPreference(row);
    },
    wanted: async () => (await query('SELECT * FROM mail_preferences WHERE wanted = ?', [true])).map(toPreference),
  };
}

/** In place of what the account chose before; `changedAt` is epoch ms. */
export function replaceMailPreference(
  { account, address, wanted }: MailPreference,
  changedAt: number,
): readonly RowWrite[] {
  const row = { account, address, wanted, changed_at: changedAt };
  return [
    { sql: 'DELETE FROM mail_preferences WHERE account = ?', params: [account] },
    { insert: 'mail_preferences', rows: [row] },
  ];
}

const toPreference = (row: Row): MailPreference => ({
  account: String(row['account']),
  address: String(row['address']),
  wanted: Boolean(row['wanted']),
});
