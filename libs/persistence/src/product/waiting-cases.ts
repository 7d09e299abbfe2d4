import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';
import { asKey } from '../records.js';

/** An instance of a case that waits for something from outside. */
export interface WaitingCase {
  readonly processInstanceKey: string;
  readonly caseKey: string;
}

export interface WaitingCases {
  forMessage(name: string, correlationKey: string): Promise<readonly WaitingCase[]>;
  forSignal(name: string): Promise<readonly WaitingCase[]>;
}

export function createWaitingCases(database: Database): WaitingCases {
  const query = readerQuery(database);
  const waiting = async (table: string, condition: string, params: readonly string[]) => {
    const rows = await query(
      `SELECT DISTINCT p."key", p.case_key FROM ${table} s JOIN process_instances p ON p."key" = s.process_instance_key
       WHERE p.case_key IS NOT NULL AND ${condition} ORDER BY p."key"`,
      params,
    );
    return rows.map((row) => ({ processInstanceKey: asKey(row.key), caseKey: String(row.case_key) }));
  };
  return {
    forMessage: (name, correlationKey) =>
      waiting('message_subscriptions', 's.message_name = ? AND s.correlation_key = ?', [name, correlationKey]),
    forSignal: (name) => waiting('signal_subscriptions', 's.signal_name = ?', [name]),
  };
}
