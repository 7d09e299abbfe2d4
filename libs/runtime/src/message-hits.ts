import type { Key } from '#engine';
import { isAtGateway } from './gateway-starts.js';
import { isOfSet, setEntry, startEntry, subscriptionHit, toMessage, type Hit, type Message } from './message-rows.js';
import type { Given, Row } from './ports.js';

/** Whom a message meets: the oldest subscription of each process, else its start event. */
export async function hitsOf(given: Given, message: Message, nextKey: () => Key): Promise<readonly Hit[]> {
  const waiting = await subscriptionHits(given, message);
  const met = new Set(waiting.map((hit) => hit.bpmnProcessId));
  const starts = await startHits(given, message, nextKey);
  return [...waiting, ...starts.filter((hit) => !met.has(hit.bpmnProcessId))];
}

/** The oldest subscription of each process. */
export async function subscriptionHits(given: Given, message: Message): Promise<readonly Hit[]> {
  if (message.correlationKey === '') return [];
  const rows = await given.query(
    'SELECT * FROM message_subscriptions WHERE message_name = ? AND correlation_key = ? ORDER BY "key"',
    [message.name, message.correlationKey],
  );
  const first = new Map<string, Row>();
  for (const row of rows) if (!first.has(String(row.bpmn_process_id))) first.set(String(row.bpmn_process_id), row);
  return [...first.values()].map((row) => subscriptionHit(row, message));
}

/**
 * Start events; with a correlation key only where no instance that is started with it still runs, or is about to: to
 * that one, an event of the same gateway still belongs.
 */
export async function startHits(given: Given, message: Message, nextKey: () => Key): Promise<readonly Hit[]> {
  const starts = await given.query(`SELECT * FROM start_subscriptions WHERE kind = 'message' AND name = ?`, [
    message.name,
  ]);
  if (starts.length === 0) return [];
  const running = message.correlationKey === '' ? [] : await startedWith(given, message);
  const isBusy = (row: Row): boolean =>
    running.some(
      ({ bpmn_process_id, begun }) =>
        String(bpmn_process_id) === String(row.bpmn_process_id) && (!isAtGateway(row) || begun !== null),
    );
  return starts.filter((row) => !isBusy(row)).map((row) => startHit(row, message, nextKey));
}

/** By process: the instance that the correlation key started; `begun` where it is not only about to begin. */
function startedWith(given: Given, { name, correlationKey }: Message): Promise<readonly Row[]> {
  return given.query(
    `SELECT s.bpmn_process_id, p."key" AS begun FROM message_starts s
     LEFT JOIN process_instances p ON p."key" = s.process_instance_key WHERE s.message_name = ? AND s.correlation_key = ?`,
    [name, correlationKey],
  );
}

function startHit(row: Row, message: Message, nextKey: () => Key): Hit {
  const { variables, caseKey, caseNo, name, correlationKey } = message;
  const bpmnProcessId = String(row.bpmn_process_id);
  if (isOfSet(row)) {
    const of = { messageKey: message.key, messageName: name, correlationKey };
    const entry = setEntry(row, { variables, caseKey, caseNo, ...of });
    return { bpmnProcessId, processInstanceKey: null, entry };
  }
  const key = nextKey();
  const entry = startEntry(row, key, { variables, caseKey, caseNo, messageName: name, correlationKey });
  if (correlationKey === '') return { bpmnProcessId, processInstanceKey: key, entry };
  const held = { message_name: name, correlation_key: correlationKey, bpmn_process_id: bpmnProcessId };
  const holds = { insert: 'message_starts', row: { ...held, process_instance_key: key } };
  return { bpmnProcessId, processInstanceKey: key, entry, holds };
}

/** Messages that are kept at `now` and that the process has not met yet, the oldest first. */
export async function keptMessages(
  given: Given,
  place: { readonly name: string; readonly correlationKey: string; readonly bpmnProcessId: string },
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<readonly Message[]> {
  const rows = await given.query(
    `SELECT * FROM messages m WHERE name = ? AND correlation_key = ? AND expires_at > ? AND NOT EXISTS
     (SELECT 1 FROM message_correlations c WHERE c.message_key = m."key" AND c.bpmn_process_id = ?) ORDER BY m."key" LIMIT ?`,
    [place.name, place.correlationKey, now, place.bpmnProcessId, limit],
  );
  return rows.map(toMessage);
}
