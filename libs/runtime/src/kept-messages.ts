import type { Key } from '#engine';
import { type HiddenCases, notOfCases } from './hidden-cases.js';
import { type Message, toMessage } from './message-rows.js';
import type { Given } from './ports.js';

/** Kept messages that a process has not met yet; with `instanceKey` those alone for whose senders the instance exists. */
export interface Wanted {
  readonly name: string;
  readonly correlationKey: string;
  readonly bpmnProcessId: string;
  readonly instanceKey?: Key;
  readonly limit: number;
}

interface KeptOptions {
  /** Engine time, epoch ms. */
  readonly now: number;
  readonly hidden: HiddenCases;
}

/** The oldest of them. */
export async function keptMessages(
  given: Given,
  wanted: Wanted,
  { now, hidden }: KeptOptions,
): Promise<readonly Message[]> {
  const { name, correlationKey, bpmnProcessId, instanceKey, limit } = wanted;
  const blind = instanceKey === undefined ? [] : await blindSenders(given, { ...wanted, instanceKey }, hidden);
  const marks = blind.map(() => '?').join(', ');
  const seen = blind.length === 0 ? '' : ` AND (m.visible_to IS NULL OR m.visible_to NOT IN (${marks}))`;
  const rows = await given.query(
    `SELECT * FROM messages m WHERE name = ? AND correlation_key = ? AND expires_at > ?${seen} AND NOT EXISTS
     (SELECT 1 FROM message_correlations c WHERE c.message_key = m."key" AND c.bpmn_process_id = ?) ORDER BY m."key" LIMIT ?`,
    [name, correlationKey, now, ...blind, bpmnProcessId, limit],
  );
  return rows.map(toMessage);
}

/** Accounts whose kept messages meet only what exists for them, and for which the instance does not. */
async function blindSenders(
  given: Given,
  { name, correlationKey, instanceKey }: Wanted & { readonly instanceKey: Key },
  hidden: HiddenCases,
): Promise<readonly string[]> {
  const senders = await given.query(
    'SELECT DISTINCT visible_to FROM messages WHERE name = ? AND correlation_key = ? AND visible_to IS NOT NULL',
    [name, correlationKey],
  );
  const isBlind = async (account: string): Promise<boolean> => {
    const exists = notOfCases('i."key"', await hidden(account));
    const found = await given.query(`SELECT 1 AS found FROM process_instances i WHERE i."key" = ?${exists.sql}`, [
      instanceKey,
      ...exists.params,
    ]);
    return found.length === 0;
  };
  const accounts = senders.map(({ visible_to: account }) => String(account));
  const blind = await Promise.all(accounts.map(isBlind));
  return accounts.filter((_, index) => blind[index]);
}
