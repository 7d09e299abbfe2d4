import type { Key, Variables } from '#engine';
import type { Cascade } from './cascades.js';
import type { StartSubscription } from './ports.js';
import type { InboxEntry } from './projections/inbox.js';

/** One event of a parallel multiple start event that has happened. */
export interface StartOccurrence {
  readonly subscriptionKey: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly elementId: string;
  readonly eventIndex: number;
  readonly variables: Variables;
  readonly caseKey?: string | null;
  readonly caseNo?: string | null;
  readonly by?: string;
  /** Of a message. */
  readonly messageKey?: Key;
  readonly messageName?: string;
  readonly correlationKey?: string;
  /** What led to it in other instances. */
  readonly cascade?: Cascade;
  /** Account for which the instances that the message meets must exist. */
  readonly visibleTo?: string | null;
}

type Place = Pick<StartOccurrence, 'processDefinitionKey' | 'bpmnProcessId' | 'elementId'>;

/** What happened, where a subscription is for one event of a set. */
export const occurrenceOf = (
  { key, processDefinitionKey, bpmnProcessId, elementId }: Pick<StartSubscription, 'key'> & Place,
  eventIndex: number,
) => ({ subscriptionKey: key, processDefinitionKey, bpmnProcessId, elementId, eventIndex });

/** The start subscription is the target, so that one signal can reach several events of one set. */
export function gatherEntry(occurrence: StartOccurrence): InboxEntry {
  return {
    kind: 'gatherStart',
    target: occurrence.subscriptionKey,
    targetInstanceKey: null,
    payload: { ...occurrence },
  };
}
