import type { BpmnElement, EventDefinition } from '#bpmn';
import type { EventBody } from '../events.js';
import type { ElementInstance, Key } from '../state.js';
import type { Execution } from './execution.js';
import { evaluateCorrelationKey, evaluateText } from './expressions.js';
import { success, type Result } from './result.js';
import { cancelSubscriptions } from './termination.js';
import { scheduleOf } from './timers.js';
import { VariableScope } from './variables.js';

/** Opens what an element instance waits for: all of it, or nothing where one expression fails. */
export function openSubscriptions(execution: Execution, element: BpmnElement, instance: ElementInstance): Result<void> {
  const opened: EventBody[] = [];
  for (const event of eventsOf(execution, element, instance)) {
    const subscription = subscriptionOf(execution, event, instance.key);
    if (!subscription.ok) return subscription;
    if (subscription.value) opened.push(subscription.value);
  }
  for (const each of opened) execution.emit(each);
  return success(undefined);
}

export function closeSubscriptions(execution: Execution, instance: ElementInstance): void {
  if (instance.owns) cancelSubscriptions(execution, instance.key);
}

/** Closes what the event sub-processes of a scope wait for; its boundary events go on listening. */
export function closeEventSubProcesses(execution: Execution, scopeKey: Key): void {
  cancelSubscriptions(execution, scopeKey, (elementId) => execution.elementById(elementId).type === 'startEvent');
}

/** The events that an instance listens to: its own, those of its boundary, of its event sub-processes, after its gateway. */
function eventsOf(execution: Execution, element: BpmnElement, instance: ElementInstance): readonly BpmnElement[] {
  const isInner = instance.loopCounter !== undefined;
  const isBody = element.multiInstance !== undefined && !isInner;
  const boundary = isInner ? [] : element.boundaryEvents.map((index) => execution.element(index));
  return isBody ? boundary : [...ownEvents(execution, element), ...boundary];
}

function ownEvents(execution: Execution, element: BpmnElement): readonly BpmnElement[] {
  if (element.type === 'intermediateCatchEvent' || element.type === 'receiveTask') return [element];
  if (element.type === 'eventBasedGateway') {
    return element.outgoing.map((index) => execution.element(execution.definition.flows[index]?.target ?? -1));
  }
  return element.eventSubProcesses.flatMap((index) => {
    const { startEvent } = execution.element(index);
    return startEvent === undefined ? [] : [execution.element(startEvent)];
  });
}

function subscriptionOf(
  execution: Execution,
  element: BpmnElement,
  elementInstanceKey: Key,
): Result<EventBody | undefined> {
  const { event } = element;
  switch (event?.kind) {
    case 'timer': {
      const schedule = scheduleOf(execution, new VariableScope(execution.state, elementInstanceKey), event.timer);
      if (!schedule.ok) return schedule;
      return success({
        type: 'timerCreated',
        timerKey: execution.newKey(),
        elementInstanceKey,
        elementId: element.id,
        ...schedule.value,
      });
    }
    case 'message':
      return messageSubscription(execution, element, event, elementInstanceKey);
    case 'signal':
      return signalSubscription(execution, element, event, elementInstanceKey);
    default:
      return success(undefined);
  }
}

type MessageEvent = Extract<EventDefinition, { readonly kind: 'message' }>;
type SignalEvent = Extract<EventDefinition, { readonly kind: 'signal' }>;

function messageSubscription(
  execution: Execution,
  element: BpmnElement,
  event: MessageEvent,
  elementInstanceKey: Key,
): Result<EventBody> {
  const scope = new VariableScope(execution.state, elementInstanceKey);
  const name = evaluateText(execution, scope, event.name);
  if (!name.ok) return name;
  const correlationKey: Result<string> = event.correlationKey
    ? evaluateCorrelationKey(execution, scope, event.correlationKey)
    : success('');
  if (!correlationKey.ok) return correlationKey;
  return success({
    type: 'messageSubscriptionCreated',
    subscriptionKey: execution.newKey(),
    elementInstanceKey,
    elementId: element.id,
    messageName: name.value,
    correlationKey: correlationKey.value,
    isInterrupting: element.isInterrupting !== false,
  });
}

function signalSubscription(
  execution: Execution,
  element: BpmnElement,
  event: SignalEvent,
  elementInstanceKey: Key,
): Result<EventBody> {
  const name = evaluateText(execution, new VariableScope(execution.state, elementInstanceKey), event.name);
  if (!name.ok) return name;
  return success({
    type: 'signalSubscriptionCreated',
    subscriptionKey: execution.newKey(),
    elementInstanceKey,
    elementId: element.id,
    signalName: name.value,
    isInterrupting: element.isInterrupting !== false,
  });
}
