import type { Key } from '#engine';
import type { RowOperation } from '../ports.js';
import { NOTHING } from './projection.js';
import type { Projection } from './projection.js';

/** Timers and subscriptions: a row stands as long as it waits. */
export const subscriptionRows: Projection = (event, { record }) => {
  switch (event.type) {
    case 'timerCreated':
      return [
        {
          insert: 'timers',
          row: {
            key: event.timerKey,
            process_instance_key: record.key,
            element_instance_key: event.elementInstanceKey,
            element_id: event.elementId,
            due_at: event.dueAt,
            repetitions_left: event.repetitionsLeft ?? null,
            interval: event.interval ?? null,
          },
        },
      ];
    case 'timerTriggered':
    case 'timerCanceled':
      return [gone('timers', event.timerKey)];
    case 'messageSubscriptionCreated':
      return [
        {
          insert: 'message_subscriptions',
          row: {
            key: event.subscriptionKey,
            process_instance_key: record.key,
            bpmn_process_id: record.bpmnProcessId,
            element_id: event.elementId,
            element_instance_key: event.elementInstanceKey,
            message_name: event.messageName,
            correlation_key: event.correlationKey,
            is_interrupting: event.isInterrupting,
          },
        },
      ];
    case 'messageSubscriptionCorrelated':
      return event.closes ? [gone('message_subscriptions', event.subscriptionKey)] : NOTHING;
    case 'messageSubscriptionCanceled':
      return [gone('message_subscriptions', event.subscriptionKey)];
    case 'signalSubscriptionCreated':
      return [
        {
          insert: 'signal_subscriptions',
          row: {
            key: event.subscriptionKey,
            process_instance_key: record.key,
            element_id: event.elementId,
            element_instance_key: event.elementInstanceKey,
            signal_name: event.signalName,
            is_interrupting: event.isInterrupting,
          },
        },
      ];
    case 'signalSubscriptionTriggered':
      return event.closes ? [gone('signal_subscriptions', event.subscriptionKey)] : NOTHING;
    case 'signalSubscriptionCanceled':
      return [gone('signal_subscriptions', event.subscriptionKey)];
    default:
      return NOTHING;
  }
};

const gone = (table: string, key: Key): RowOperation => ({ delete: table, key: { key } });
