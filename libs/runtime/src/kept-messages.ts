import type { Key } from '#engine';
import { type Message, toMessage } from './message-rows.js';
import type { Given } from './ports.js';

/** Kept messages that a process has not met yet; with `instanceKey` those alone that may reach it: an account's reaches no case. */
export interface Wanted {
  readonly name: string;
  readonly correlationKey: string;
  readonly bpmnProcessId: string;
  readonly instanceKey?: Key;
  readonly limit: number;
}

/** The oldest of them at `now`, engine time in epoch ms. */
export async function keptMessages(given: Given, wanted: Wanted, now: number): Promise<readonly Message[]> {
  const { name, correlationKey, bpmnProcessId, instanceKey, limit } = wanted;
  const [inCase] =
    instanceKey === undefined
      ? []
      : await given.query('SELECT 1 AS found FROM process_instances WHERE "key" = ? AND case_key IS NOT NULL', [
          instanceKey,
        ]);
  const seen = inCase ? ' AND m.visible_to IS NULL' : '';
  const rows = await given.query(
    `SELECT * FROM messages m WHERE name = ? AND correlation_key = ? AND expires_at > ?${seen} AND NOT EXISTS
     (SELECT 1 FROM message_correlations c WHERE c.message_key = m."key" AND c.bpmn_process_id = ?) ORDER BY m."key" LIMIT ?`,
    [name, correlationKey, now, bpmnProcessId, limit],
  );
  return rows.map(toMessage);
}
