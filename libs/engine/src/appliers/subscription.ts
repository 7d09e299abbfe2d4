import { disown, own } from './draft.js';
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
> = {
  timerCreated(draft, { timerKey, elementInstanceKey, elementId, dueAt, repetitionsLeft, interval }) {
    own(draft, 'timers', timerKey, {
      elementInstanceKey,
      elementId,
      dueAt,
      ...(repetitionsLeft !== undefined && { repetitionsLeft }),
      ...(interval !== undefined && { interval }),
    });
  },
  timerTriggered: (draft, { timerKey }) => disown(draft, 'timers', timerKey),
  timerCanceled: (draft, { timerKey }) => disown(draft, 'timers', timerKey),
  messageSubscriptionCreated(draft, { subscriptionKey, elementInstanceKey, elementId, messageName, isInterrupting }) {
    own(draft, 'subscriptions', subscriptionKey, {
      kind: 'message',
      name: messageName,
      elementInstanceKey,
      elementId,
      isInterrupting,
    });
  },
  messageSubscriptionCorrelated(draft, { subscriptionKey, closes }) {
    if (closes) disown(draft, 'subscriptions', subscriptionKey);
  },
  messageSubscriptionCanceled: (draft, { subscriptionKey }) => disown(draft, 'subscriptions', subscriptionKey),
  signalSubscriptionCreated(draft, { subscriptionKey, elementInstanceKey, elementId, signalName, isInterrupting }) {
    own(draft, 'subscriptions', subscriptionKey, {
      kind: 'signal',
      name: signalName,
      elementInstanceKey,
      elementId,
      isInterrupting,
    });
  },
  signalSubscriptionTriggered(draft, { subscriptionKey, closes }) {
    if (closes) disown(draft, 'subscriptions', subscriptionKey);
  },
  signalSubscriptionCanceled: (draft, { subscriptionKey }) => disown(draft, 'subscriptions', subscriptionKey),
};
