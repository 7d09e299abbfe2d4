import type { Key } from './state.js';

export type SubscriptionEvent =
  | {
      readonly type: 'timerCreated';
      readonly timerKey: Key;
      /** The instance that waits: the catch event itself, the activity of a boundary event, or the scope of an event sub-process. */
      readonly elementInstanceKey: Key;
      /** The event that fires. */
      readonly elementId: string;
      readonly eventIndex?: number;
      readonly dueAt: number;
      /** Of a cycle: how often it still fires after this one; -1 without end. */
      readonly repetitionsLeft?: number;
      /** Of a cycle: ISO 8601 duration, or the cron text. */
      readonly interval?: string;
      /** It stands for an earlier timer, whose date was computed again, and counts from where that one did. */
      readonly replaces?: { readonly timerKey: Key; readonly dueAt: number; readonly countedFrom: number };
    }
  | { readonly type: 'timerTriggered'; readonly timerKey: Key; readonly at: number }
  | { readonly type: 'timerCanceled'; readonly timerKey: Key }
  | {
      readonly type: 'messageSubscriptionCreated';
      readonly subscriptionKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly eventIndex?: number;
      readonly messageName: string;
      readonly correlationKey: string;
      /** A non-interrupting subscription stays open after a correlation. */
      readonly isInterrupting: boolean;
    }
  | {
      readonly type: 'messageSubscriptionCorrelated';
      readonly subscriptionKey: Key;
      readonly messageKey: Key;
      readonly closes: boolean;
    }
  | { readonly type: 'messageSubscriptionCanceled'; readonly subscriptionKey: Key }
  | {
      readonly type: 'signalSubscriptionCreated';
      readonly subscriptionKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly eventIndex?: number;
      readonly signalName: string;
      readonly isInterrupting: boolean;
    }
  | { readonly type: 'signalSubscriptionTriggered'; readonly subscriptionKey: Key; readonly closes: boolean }
  | { readonly type: 'signalSubscriptionCanceled'; readonly subscriptionKey: Key }
  | {
      readonly type: 'conditionSubscribed';
      readonly conditionKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly eventIndex?: number;
    }
  /** A condition has come to hold. */
  | { readonly type: 'conditionTriggered'; readonly conditionKey: Key; readonly closes: boolean }
  /** A condition that held does so no longer: it can happen again. */
  | { readonly type: 'conditionLapsed'; readonly conditionKey: Key }
  | { readonly type: 'conditionCanceled'; readonly conditionKey: Key };
