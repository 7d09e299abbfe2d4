import type { EngineEvent, Key, Variables } from '#engine';
import { carrying, causedBy } from '../cascades.js';
import type { RowOperation } from '../ports.js';
import { NOTHING } from './projection.js';
import type { ProjectionContext } from './projection.js';

/** Kinds of inbox rows; each is worked off as a command of its own. */
export type InboxKind =
  | 'callProcess'
  | 'cancelCalledProcess'
  | 'calledProcessCompleted'
  | 'calledProcessFailed'
  | 'calledProcessError'
  | 'calledProcessEscalation'
  | 'publishMessage'
  | 'matchMessages'
  | 'matchStartMessages'
  | 'correlateMessage'
  | 'broadcastSignal'
  | 'receiveSignal'
  | 'startProcess'
  | 'gatherStart'
  | 'continueProcessInstance';

export interface InboxEntry {
  readonly kind: InboxKind;
  /** With the source event it makes the row unique. */
  readonly target: string;
  readonly targetInstanceKey: Key | null;
  readonly payload: Variables;
}

/** The row of an entry. `position` is that of the event that causes it. */
export function inboxRow(
  entry: InboxEntry,
  source: { readonly instance: Key; readonly position: number },
  key: Key,
  now: number,
): RowOperation {
  const row = {
    key,
    source_instance: source.instance,
    source_position: source.position,
    target: entry.target,
    kind: entry.kind,
    target_instance_key: entry.targetInstanceKey,
    payload: JSON.stringify(entry.payload),
    created_at: now,
    attempts: 0,
    done_at: null,
  };
  return { insert: 'inbox', row };
}

/** What an event causes in other instances (ADR 13), or in this one by a later command. */
export function inboxRows(
  event: EngineEvent,
  position: number,
  context: ProjectionContext,
  hasPropagatedError: boolean,
): readonly RowOperation[] {
  const entries = entriesOf(event, context, hasPropagatedError);
  if (entries.length === 0) return NOTHING;
  const source = { instance: context.record.key, position };
  return entries.map((entry) => {
    const cascade = causedBy(entry.kind, context.cascade, context.record);
    return inboxRow(carrying(entry, cascade), source, context.nextKey(), context.now);
  });
}

const NO_ENTRIES: readonly InboxEntry[] = [];

function entriesOf(event: EngineEvent, context: ProjectionContext, hasPropagatedError: boolean): readonly InboxEntry[] {
  const entry = entryOf(event, context, hasPropagatedError);
  const { startMessageName, startCorrelationKey, bpmnProcessId } = context.record;
  const hasEnded = event.type === 'processInstanceCompleted' || event.type === 'processInstanceTerminated';
  if (!hasEnded || startCorrelationKey === null) return entry ? [entry] : NO_ENTRIES;
  const payload = { messageName: startMessageName, correlationKey: startCorrelationKey, bpmnProcessId };
  const next: InboxEntry = { kind: 'matchStartMessages', target: bpmnProcessId, targetInstanceKey: null, payload };
  return entry ? [entry, next] : [next];
}

function entryOf(
  event: EngineEvent,
  { record }: ProjectionContext,
  hasPropagatedError: boolean,
): InboxEntry | undefined {
  switch (event.type) {
    case 'processCallRequested':
      return {
        kind: 'callProcess',
        target: event.childKey,
        targetInstanceKey: event.childKey,
        payload: { ...event, parentKey: record.key },
      };
    case 'processCallCanceled':
      return { kind: 'cancelCalledProcess', target: event.childKey, targetInstanceKey: event.childKey, payload: {} };
    case 'processInstanceCompleted':
      return toCaller('calledProcessCompleted', { variables: event.variables });
    case 'processInstanceTerminated':
      return hasPropagatedError
        ? undefined
        : toCaller('calledProcessFailed', {
            errorMessage: `Expected called process instance ${record.key} to complete but it was terminated.`,
          });
    case 'errorPropagatedToCaller':
      return toCaller('calledProcessError', { ...event });
    case 'escalationPropagatedToCaller':
      return toCaller('calledProcessEscalation', { ...event });
    case 'messageThrown':
      return {
        kind: 'publishMessage',
        target: event.messageKey,
        targetInstanceKey: null,
        payload: { ...event, caseKey: record.caseKey, caseNo: record.caseNo },
      };
    case 'messageSubscriptionCreated':
      return {
        kind: 'matchMessages',
        target: event.subscriptionKey,
        targetInstanceKey: null,
        payload: { messageName: event.messageName, correlationKey: event.correlationKey },
      };
    case 'signalThrown':
      return {
        kind: 'broadcastSignal',
        target: event.signalKey,
        targetInstanceKey: null,
        payload: { ...event, caseKey: record.caseKey, caseNo: record.caseNo },
      };
    case 'processInstancePaused':
      return { kind: 'continueProcessInstance', target: record.key, targetInstanceKey: record.key, payload: {} };
    default:
      return undefined;
  }

  function toCaller(kind: InboxKind, payload: Variables): InboxEntry | undefined {
    const { parentInstanceKey, parentElementInstanceKey } = record;
    if (parentInstanceKey === null) return undefined;
    return {
      kind,
      target: parentInstanceKey,
      targetInstanceKey: parentInstanceKey,
      payload: { ...payload, elementInstanceKey: parentElementInstanceKey },
    };
  }
}
