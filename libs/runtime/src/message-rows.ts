import type { Key, Variables } from '#engine';
import type { Given, Row, RowOperation } from './ports.js';
import type { InboxEntry } from './projections/inbox.js';
import type { MessageRequest, SignalRequest } from './runtime.js';
import { gatherEntry, occurrenceOf, type StartOccurrence } from './start-occurrence.js';

/** A message that is published or kept. */
export interface Message {
  readonly key: Key;
  readonly name: string;
  readonly correlationKey: string;
  readonly variables: Variables;
  readonly caseKey: string | null;
  readonly caseNo: string | null;
  /** Account that sent it, where it meets only what exists for that account. */
  readonly visibleTo: string | null;
}

/** What came of publishing a message. */
export interface Published {
  readonly messageKey: Key;
  readonly processInstanceKey: Key | null;
  readonly inboxKeys: readonly Key[];
}

/** A subscription or start event that a message meets, with the inbox row to be. */
export interface Hit {
  readonly bpmnProcessId: string;
  /** Null where the message is one of several that start an instance together. */
  readonly processInstanceKey: Key | null;
  readonly entry: InboxEntry;
  /** With an instance that is started: keeps others of its correlation key away. */
  readonly holds?: RowOperation;
}

/**
 * Where a message and a subscription of two nodes meet: without one order between publishing and subscribing each could
 * look before the other is there, and both would wait for ever.
 */
export const meetingPlace = (name: string, correlationKey: string): string =>
  `message ${JSON.stringify([name, correlationKey])}`;

/** A boolean of either database. */
export const isTrue = (value: unknown): boolean => value === true || value === 1;
/** Key of a row that is inserted. */
export const keyOf = (operation: RowOperation): Key => String('insert' in operation ? operation.row.key : '');

/** Notes that a process was met by a message, so that it is met once. */
export const correlationRow = (messageKey: Key, hit: Hit): RowOperation => ({
  upsert: 'message_correlations',
  row: {
    message_key: messageKey,
    bpmn_process_id: hit.bpmnProcessId,
    process_instance_key: hit.processInstanceKey ?? 0,
  },
});

/** The hit of a message on a row of `message_subscriptions`. */
export function subscriptionHit(row: Row, message: Message): Hit {
  const subscriptionKey = String(row.key);
  const processInstanceKey = String(row.process_instance_key);
  const bpmnProcessId = String(row.bpmn_process_id);
  const payload = { subscriptionKey, messageKey: message.key, bpmnProcessId, variables: message.variables };
  return {
    bpmnProcessId,
    processInstanceKey,
    entry: { kind: 'correlateMessage', target: subscriptionKey, targetInstanceKey: processInstanceKey, payload },
  };
}

/** Starts an instance by a row of `start_subscriptions`. */
export function startEntry(row: Row, processInstanceKey: Key, payload: Variables): InboxEntry {
  const start = { processDefinitionKey: String(row.process_definition_key), startElementId: String(row.element_id) };
  return {
    kind: 'startProcess',
    target: String(row.bpmn_process_id),
    targetInstanceKey: processInstanceKey,
    payload: { ...payload, ...start },
  };
}

/** Gives a signal to a row of `signal_subscriptions`. */
export const receiveEntry = (row: Row, signal: SignalRequest): InboxEntry => ({
  kind: 'receiveSignal',
  target: String(row.key),
  targetInstanceKey: String(row.process_instance_key),
  payload: { subscriptionKey: String(row.key), variables: signal.variables },
});

/** Whether a message with this id is kept; forgets one that has expired. */
export async function isKept(given: Given, request: MessageRequest, now: number): Promise<boolean> {
  await given.query(
    'DELETE FROM messages WHERE name = ? AND correlation_key = ? AND message_id = ? AND expires_at <= ?',
    [request.name, request.correlationKey, request.messageId, now],
  );
  const rows = await given.query(
    'SELECT 1 AS found FROM messages WHERE name = ? AND correlation_key = ? AND message_id = ?',
    [request.name, request.correlationKey, request.messageId],
  );
  return rows.length > 0;
}

/** The row of a message that is kept for `timeToLiveMs`. */
export function messageRow(request: MessageRequest, message: Message, now: number): RowOperation {
  const row = {
    key: message.key,
    name: message.name,
    correlation_key: message.correlationKey,
    message_id: request.messageId ?? null,
    variables: JSON.stringify(message.variables),
    case_key: message.caseKey,
    case_no: message.caseNo,
    visible_to: message.visibleTo,
    published_at: now,
    expires_at: now + (request.timeToLiveMs ?? 0),
  };
  return { insert: 'messages', row };
}

/** A message from its row. */
export const toMessage = (row: Row): Message => ({
  key: String(row.key),
  name: String(row.name),
  correlationKey: String(row.correlation_key),
  variables: JSON.parse(String(row.variables)) as Variables,
  caseKey: row.case_key === null ? null : String(row.case_key),
  caseNo: row.case_no === null ? null : String(row.case_no),
  visibleTo: row.visible_to === null ? null : String(row.visible_to),
});

/** A start subscription for one of several events that start an instance together. */
export const isOfSet = (row: Row): boolean => row.event_index !== null;

/** That an event of a set has happened, by its start subscription. */
export function setEntry(row: Row, payload: Omit<StartOccurrence, keyof ReturnType<typeof occurrenceOf>>): InboxEntry {
  const [key, elementId] = [String(row.key), String(row.element_id)];
  const of = { processDefinitionKey: String(row.process_definition_key), bpmnProcessId: String(row.bpmn_process_id) };
  return gatherEntry({ ...occurrenceOf({ key, elementId, ...of }, Number(row.event_index)), ...payload });
}
