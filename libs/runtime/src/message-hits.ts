import { notOfCases, outOfReach } from './hidden-cases.js';
import { subscriptionHit, type Hit, type Message } from './message-rows.js';
import { startHits, type HitOptions } from './message-starts.js';
import type { Given, Row } from './ports.js';

/** Whom a message meets: the oldest subscription of each process, else its start event. */
export async function hitsOf(given: Given, message: Message, options: HitOptions): Promise<readonly Hit[]> {
  const waiting = await subscriptionHits(given, message);
  const met = new Set(waiting.map((hit) => hit.bpmnProcessId));
  const starts = await startHits(given, message, options);
  return [...waiting, ...starts.filter((hit) => !met.has(hit.bpmnProcessId))];
}

/** The oldest subscription of each process. */
export async function subscriptionHits(given: Given, message: Message): Promise<readonly Hit[]> {
  if (message.correlationKey === '') return [];
  const exists = notOfCases('s.process_instance_key', outOfReach(message.visibleTo));
  const rows = await given.query(
    `SELECT * FROM message_subscriptions s WHERE message_name = ? AND correlation_key = ?${exists.sql} ORDER BY "key"`,
    [message.name, message.correlationKey, ...exists.params],
  );
  const first = new Map<string, Row>();
  for (const row of rows) if (!first.has(String(row.bpmn_process_id))) first.set(String(row.bpmn_process_id), row);
  return [...first.values()].map((row) => subscriptionHit(row, message));
}
