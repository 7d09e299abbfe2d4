import type { BpmnElement } from '#bpmn';
import type { Command } from '../commands.js';
import { expected } from '../lifecycle.js';
import type { ElementInstance, Key, Variables } from '../state.js';
import { dismissWorker } from './ad-hoc-worker.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import type { Execution } from './execution.js';
import { takeResult } from './io-mapping.js';
import { raiseIncident } from './incidents.js';
import { closeEventSubProcesses, closeSubscriptions, reopenSubscriptions } from './subscriptions.js';
import { haveEnded, terminate, terminateChildren } from './termination.js';
import { nextOf } from './timers.js';
import { activate, beginCompleting, create } from './activation.js';
import { propagate } from './variables.js';

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>;

export function triggerTimer(execution: Execution, { timerKey }: CommandOf<'triggerTimer'>): Outcome {
  const timer = execution.state.timers.get(timerKey);
  if (!timer)
    return rejected('notFound', `Expected timer ${timerKey} to wait in this process instance but it does not.`);
  const { elementInstanceKey, elementId, eventIndex } = timer;
  const event = execution.elementById(elementId);
  execution.emit({ type: 'timerTriggered', timerKey, at: execution.now });
  const isOnce = event.isInterrupting !== false || (event.event?.kind === 'multiple' && event.event.isParallel);
  const next = isOnce ? undefined : nextOf(execution, timer);
  const place = { elementInstanceKey, elementId, ...(eventIndex !== undefined && { eventIndex }) };
  if (next) execution.emit({ type: 'timerCreated', timerKey: execution.newKey(), ...place, ...next });
  happen(execution, place, {});
  return accepted;
}

export function correlateMessage(execution: Execution, command: CommandOf<'correlateMessage'>): Outcome {
  const { subscriptionKey, messageKey, variables } = command;
  const subscription = execution.state.subscriptions.get(subscriptionKey);
  if (subscription?.kind !== 'message') return noSubscription('message', subscriptionKey);
  execution.emit({
    type: 'messageSubscriptionCorrelated',
    subscriptionKey,
    messageKey,
    closes: subscription.isInterrupting,
  });
  happen(execution, subscription, variables);
  return accepted;
}

export function receiveSignal(
  execution: Execution,
  { subscriptionKey, variables }: CommandOf<'receiveSignal'>,
): Outcome {
  const subscription = execution.state.subscriptions.get(subscriptionKey);
  if (subscription?.kind !== 'signal') return noSubscription('signal', subscriptionKey);
  execution.emit({ type: 'signalSubscriptionTriggered', subscriptionKey, closes: subscription.isInterrupting });
  happen(execution, subscription, variables);
  return accepted;
}

function noSubscription(kind: string, subscriptionKey: Key): Outcome {
  return rejected(
    'notFound',
    `Expected ${kind} subscription ${subscriptionKey} to be open in this process instance but it is not.`,
  );
}

interface Happening {
  readonly elementInstanceKey: Key;
  readonly elementId: string;
  readonly eventIndex?: number;
}

/** One definition of an event has happened; of a parallel multiple event the last one lets it fire. */
export function happen(execution: Execution, happening: Happening, variables: Variables): void {
  const { elementInstanceKey, elementId, eventIndex = 0 } = happening;
  const element = execution.elementById(elementId);
  const { event } = element;
  if (event?.kind !== 'multiple' || !event.isParallel) return fire(execution, elementInstanceKey, element, variables);
  propagate(execution, elementInstanceKey, variables);
  execution.emit({ type: 'eventOccurred', elementInstanceKey, elementId, eventIndex });
  const listener = execution.instance(elementInstanceKey);
  if (new Set(listener.happened?.[elementId]).size < event.events.length) return;
  execution.emit({ type: 'parallelMultipleOccurred', elementInstanceKey, elementId });
  if (element.isInterrupting === false) {
    const opened = reopenSubscriptions(execution, element, elementInstanceKey);
    if (!opened.ok) raiseIncident(execution, listener, opened.problem);
  }
  fire(execution, elementInstanceKey, element, {});
}

/** Lets an event happen to the instance that listens for it. */
export function fire(execution: Execution, listenerKey: Key, event: BpmnElement, variables: Variables): void {
  const listener = execution.instance(listenerKey);
  if (event.type === 'boundaryEvent') return fireBoundary(execution, listener, event, variables);
  if (event.type === 'startEvent') return fireEventSubProcess(execution, listener, event, variables);
  if (listener.elementId === event.id) return fireOwn(execution, listener, event, variables);
  return fireAfterGateway(execution, listener, event, variables);
}

function fireBoundary(execution: Execution, activity: ElementInstance, event: BpmnElement, variables: Variables): void {
  const flowScopeKey = expected(activity.flowScopeKey, `flow scope of ${activity.elementId}`);
  if (event.isInterrupting !== false) {
    const then = { kind: 'boundaryEvent', elementId: event.id, variables } as const;
    if (!haveEnded(execution, terminate(execution, [activity.key]), flowScopeKey, then)) return;
  }
  beginBoundaryEvent(execution, flowScopeKey, event, variables);
}

export function beginBoundaryEvent(
  execution: Execution,
  flowScopeKey: Key,
  event: BpmnElement,
  variables: Variables,
): void {
  const key = activate(execution, event, flowScopeKey);
  takeResult(execution, event, key, variables);
}

/** Interrupting: what runs in the scope ends, and its other event sub-processes listen no longer. */
function fireEventSubProcess(
  execution: Execution,
  scope: ElementInstance,
  event: BpmnElement,
  variables: Variables,
): void {
  if (event.isInterrupting !== false) {
    closeEventSubProcesses(execution, scope.key);
    const resting = terminateChildren(execution, scope.key);
    dismissWorker(execution, execution.instance(scope.key));
    const then = { kind: 'eventSubProcess', elementId: event.id, variables } as const;
    if (!haveEnded(execution, resting, scope.key, then)) return;
  }
  beginEventSubProcess(execution, scope.key, event, variables);
}

export function beginEventSubProcess(
  execution: Execution,
  scopeKey: Key,
  event: BpmnElement,
  variables: Variables,
): void {
  const options = event.isInterrupting === false ? {} : { dropsTokens: true as const };
  const key = activate(execution, execution.element(event.flowScope), scopeKey, options);
  takeResult(execution, event, key, variables);
}

function fireOwn(execution: Execution, listener: ElementInstance, event: BpmnElement, variables: Variables): void {
  takeResult(execution, event, listener.key, variables);
  beginCompleting(execution, listener);
}

/** The gateway ends towards the event that came first; that event has then happened already. */
function fireAfterGateway(
  execution: Execution,
  gateway: ElementInstance,
  event: BpmnElement,
  variables: Variables,
): void {
  const { key: elementInstanceKey, elementId } = gateway;
  const flowScopeKey = expected(gateway.flowScopeKey, `flow scope of ${elementId}`);
  const flow = expected(execution.definition.flows[event.incoming[0] ?? -1], `flow into ${event.id}`);
  closeSubscriptions(execution, gateway);
  execution.emit({ type: 'elementTransitioned', elementInstanceKey, elementId, to: 'completing', at: execution.now });
  execution.emit({ type: 'elementTransitioned', elementInstanceKey, elementId, to: 'completed', at: execution.now });
  execution.emit({ type: 'sequenceFlowTaken', flowId: flow.id, flowScopeKey });
  makeHappened(execution, event, flowScopeKey, variables);
}

/** Makes the instance of an event that has happened already: it does not wait, and goes on. */
export function makeHappened(execution: Execution, event: BpmnElement, flowScopeKey: Key, variables: Variables): void {
  const key = create(execution, event, flowScopeKey);
  execution.emit({
    type: 'elementTransitioned',
    elementInstanceKey: key,
    elementId: event.id,
    to: 'activated',
    at: execution.now,
  });
  fireOwn(execution, execution.instance(key), event, variables);
}
