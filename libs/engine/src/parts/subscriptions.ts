import type { BpmnElement, EventDefinition, SingleEventDefinition } from '#bpmn';
import type { EventBody } from '../events.js';
import type { ElementInstance, Key } from '../state.js';
import type { Execution } from './execution.js';
import { evaluateCorrelationKey, evaluateText } from './expressions.js';
import { success, type Result } from './result.js';
import { cancelSubscriptions } from './termination.js';
import { scheduleOf } from './timers.js';
import { VariableScope } from './variables.js';

const nothingToOpen = success<void>(undefined);

/** Opens what an element instance waits for: all of it, or nothing where one expression fails. */
export function openSubscriptions(execution: Execution, element: BpmnElement, instance: ElementInstance): Result<void> {
  const events = eventsOf(execution, element, instance);
  if (events.length === 0) return nothingToOpen;
  const opened: EventBody[] = [];
  for (const event of events) {
    const subscriptions = subscriptionsOf(execution, event, instance.key);
    if (!subscriptions.ok) return subscriptions;
    opened.push(...subscriptions.value);
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

/** Opens anew what a non-interrupting parallel multiple event waits for, when all of it has happened once. */
export function reopenSubscriptions(execution: Execution, event: BpmnElement, key: Key): Result<void> {
  const subscriptions = subscriptionsOf(execution, event, key);
  if (!subscriptions.ok) return subscriptions;
  for (const each of subscriptions.value) execution.emit(each);
  return success(undefined);
}

/** The events that an instance listens to: its own, those of its boundary, of its event sub-processes, after its gateway. */
export function eventsOf(
  execution: Execution,
  element: BpmnElement,
  instance: ElementInstance,
): readonly BpmnElement[] {
  const { isLoop, ownEvents, boundaryEvents, allEvents } = execution.planOf(element);
  if (instance.loopCounter !== undefined) return ownEvents;
  return isLoop && !instance.isCompensating ? boundaryEvents : allEvents;
}

/** One subscription for each definition of the event that something outside or a variable can make happen. */
function subscriptionsOf(
  execution: Execution,
  element: BpmnElement,
  elementInstanceKey: Key,
): Result<readonly EventBody[]> {
  const { event } = element;
  if (!event) return success([]);
  if (event.kind !== 'multiple') {
    const opened = subscriptionOf(execution, { element, event, elementInstanceKey });
    return opened.ok ? success(opened.value ? [opened.value] : []) : opened;
  }
  const all: EventBody[] = [];
  for (const [eventIndex, each] of event.events.entries()) {
    const opened = subscriptionOf(execution, { element, event: each, eventIndex, elementInstanceKey });
    if (!opened.ok) return opened;
    if (opened.value) all.push(opened.value);
  }
  return success(all);
}

interface Waiting {
  readonly element: BpmnElement;
  readonly event: SingleEventDefinition;
  readonly eventIndex?: number;
  readonly elementInstanceKey: Key;
}

function placeOf({ element, eventIndex, elementInstanceKey }: Waiting) {
  return { elementInstanceKey, elementId: element.id, ...(eventIndex !== undefined && { eventIndex }) };
}

/** Whether it is over after happening once: it interrupts, or waits for the other definitions of its event. */
function isInterrupting({ event, isInterrupting: interrupts }: BpmnElement): boolean {
  return interrupts !== false || (event?.kind === 'multiple' && event.isParallel);
}

function subscriptionOf(execution: Execution, waiting: Waiting): Result<EventBody | undefined> {
  const { event, elementInstanceKey } = waiting;
  const scope = new VariableScope(execution, elementInstanceKey);
  switch (event.kind) {
    case 'timer': {
      const schedule = scheduleOf(execution, scope, event.timer);
      if (!schedule.ok) return schedule;
      return success({
        type: 'timerCreated',
        timerKey: execution.newKey(),
        ...placeOf(waiting),
        ...schedule.value,
      });
    }
    case 'message':
      return messageSubscription(execution, waiting, event);
    case 'signal':
      return signalSubscription(execution, waiting, event);
    case 'conditional':
      return success({ type: 'conditionSubscribed', conditionKey: execution.newKey(), ...placeOf(waiting) });
    default:
      return success(undefined);
  }
}

type MessageEvent = Extract<EventDefinition, { readonly kind: 'message' }>;
type SignalEvent = Extract<EventDefinition, { readonly kind: 'signal' }>;

function messageSubscription(execution: Execution, waiting: Waiting, event: MessageEvent): Result<EventBody> {
  const scope = new VariableScope(execution, waiting.elementInstanceKey);
  const name = evaluateText(execution, scope, event.name);
  if (!name.ok) return name;
  const correlationKey: Result<string> = event.correlationKey
    ? evaluateCorrelationKey(execution, scope, event.correlationKey)
    : success('');
  if (!correlationKey.ok) return correlationKey;
  return success({
    type: 'messageSubscriptionCreated',
    subscriptionKey: execution.newKey(),
    ...placeOf(waiting),
    messageName: name.value,
    correlationKey: correlationKey.value,
    isInterrupting: isInterrupting(waiting.element),
  });
}

function signalSubscription(execution: Execution, waiting: Waiting, event: SignalEvent): Result<EventBody> {
  const name = evaluateText(execution, new VariableScope(execution, waiting.elementInstanceKey), event.name);
  if (!name.ok) return name;
  return success({
    type: 'signalSubscriptionCreated',
    subscriptionKey: execution.newKey(),
    ...placeOf(waiting),
    signalName: name.value,
    isInterrupting: isInterrupting(waiting.element),
  });
}
