import type { Key } from '../state.js';
import { disown, own, put, type Draft } from './draft.js';
import type { Appliers } from './index.js';

export const subscriptionAppliers: Pick<
  Appliers,
  | 'timerCreated'
  | 'timerTriggered'
  | 'timerCanceled'
  | 'messageSubscriptionCreated'
  | 'messageSubscriptionCorrelated'
  | 'messageSubscriptionCanceled'
  | 'signalSubscriptionCreated'
  | 'signalSubscriptionTriggered'
  | 'signalSubscriptionCanceled'
  | 'conditionSubscribed'
  | 'conditionTriggered'
  | 'conditionLapsed'
  | 'conditionCanceled'
> = {
  timerCreated(draft, { timerKey, elementInstanceKey, elementId, eventIndex, dueAt, repetitionsLeft, interval }) {
    own(draft, 'timers', timerKey, {
      elementInstanceKey,
      elementId,
      ...(eventIndex !== undefined && { eventIndex }),
      dueAt,
      ...(repetitionsLeft !== undefined && { repetitionsLeft }),
      ...(interval !== undefined && { interval }),
    });
  },
  timerTriggered: (draft, { timerKey }) => disown(draft, 'timers', timerKey),
  timerCanceled: (draft, { timerKey }) => disown(draft, 'timers', timerKey),
  messageSubscriptionCreated(draft, event) {
    const { subscriptionKey, elementInstanceKey, elementId, eventIndex, messageName, isInterrupting } = event;
    own(draft, 'subscriptions', subscriptionKey, {
      kind: 'message',
      name: messageName,
      elementInstanceKey,
      elementId,
      ...(eventIndex !== undefined && { eventIndex }),
      isInterrupting,
    });
  },
  messageSubscriptionCorrelated(draft, { subscriptionKey, closes }) {
    if (closes) disown(draft, 'subscriptions', subscriptionKey);
  },
  messageSubscriptionCanceled: (draft, { subscriptionKey }) => disown(draft, 'subscriptions', subscriptionKey),
  signalSubscriptionCreated(draft, event) {
    const { subscriptionKey, elementInstanceKey, elementId, eventIndex, signalName, isInterrupting } = event;
    own(draft, 'subscriptions', subscriptionKey, {
      kind: 'signal',
      name: signalName,
      elementInstanceKey,
      elementId,
      ...(eventIndex !== undefined && { eventIndex }),
      isInterrupting,
    });
  },
  signalSubscriptionTriggered(draft, { subscriptionKey, closes }) {
    if (closes) disown(draft, 'subscriptions', subscriptionKey);
  },
  signalSubscriptionCanceled: (draft, { subscriptionKey }) => disown(draft, 'subscriptions', subscriptionKey),
  conditionSubscribed(draft, { conditionKey, elementInstanceKey, elementId, eventIndex }) {
    const place = { elementInstanceKey, elementId, ...(eventIndex !== undefined && { eventIndex }) };
    own(draft, 'conditions', conditionKey, { ...place, holds: false });
  },
  conditionTriggered(draft, { conditionKey, closes }) {
    if (closes) disown(draft, 'conditions', conditionKey);
    else setHolds(draft, conditionKey, true);
  },
  conditionLapsed: (draft, { conditionKey }) => setHolds(draft, conditionKey, false),
  conditionCanceled: (draft, { conditionKey }) => disown(draft, 'conditions', conditionKey),
};

function setHolds(draft: Draft, key: Key, holds: boolean): void {
  const condition = draft.state.conditions.get(key);
  if (condition) put(draft, 'conditions', [key, { ...condition, holds }]);
}
