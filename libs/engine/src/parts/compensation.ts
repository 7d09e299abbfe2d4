import type { SingleEventDefinition } from '#bpmn';
import { expected } from '../lifecycle.js';
import type { ElementInstance, Key } from '../state.js';
import { findCatcher } from './catchers.js';
import { compensationSubProcess } from './compensable.js';
import type { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { continueAfterCancel } from './multi-instance.js';
import { cancelChildren, terminate } from './termination.js';
import { closeEventSubProcesses } from './subscriptions.js';
import { activate, beginCompleting } from './activation.js';
import { fire } from './triggers.js';

type CompensationEvent = Extract<SingleEventDefinition, { readonly kind: 'compensation' }>;

/**
 * Compensates one activity, or all that completed in the scope of the throwing event; in an event sub-process also what
 * completed in the scope around it. Handlers run one after another, in reverse order of completion. Source: BPMN 2.0.2,
 * 10.7.2 and 13.5.5, "Compensation".
 */
export function throwCompensation(event: CompensationEvent, scope: ElementScope): void {
  const { execution, element, key: elementInstanceKey } = scope;
  const found = scopesSeen(scope)
    .map((scopeKey) => ({ scopeKey, records: recordsFor(execution, scopeKey, event) }))
    .filter(({ records }) => records.length > 0);
  if (found.length === 0) return scope.pass();
  scope.activateSilently();
  const hasLeft = event.waitForCompletion ? {} : { hasLeft: true as const };
  for (const { scopeKey, records } of found)
    execution.emit({
      type: 'compensationTriggered',
      elementInstanceKey,
      elementId: element.id,
      scopeKey,
      records,
      ...hasLeft,
    });
  if (!event.waitForCompletion) scope.leaveBeforeEnd(element.outgoing);
  execution.schedule(elementInstanceKey);
}

/** The scope of the throwing event; from an event sub-process the one around it too. */
function scopesSeen({ execution, flowScopeKey }: ElementScope): readonly Key[] {
  const scope = execution.instance(flowScopeKey);
  const isInEventSubProcess = scope.elementType === 'eventSubProcess' && scope.flowScopeKey !== undefined;
  return isInEventSubProcess && scope.flowScopeKey ? [flowScopeKey, scope.flowScopeKey] : [flowScopeKey];
}

function recordsFor(execution: Execution, scopeKey: Key, { activity }: CompensationEvent): readonly string[] {
  const id = activity === undefined ? undefined : execution.element(activity).id;
  const records = execution.instance(scopeKey).compensable ?? [];
  return [...records].filter(([, { elementId }]) => id === undefined || elementId === id).map(([key]) => key);
}

/** Whether an active instance still has something to compensate and nothing that it waits for. */
export function isReadyToCompensate({ state, compensation }: ElementInstance): boolean {
  return state === 'activated' && compensation !== undefined && compensation.running === undefined;
}

/** Runs the next handler, the one of what completed last, or goes on when there is none left. */
export function continueCompensation(scope: ElementScope): void {
  const { execution, instance } = scope;
  const pending = instance.compensation?.pending;
  const recordKey = pending?.keys().at(-1);
  const record = recordKey === undefined ? undefined : pending?.get(recordKey);
  if (recordKey === undefined || !record) return finishCompensation(scope);
  const compensated = execution.elementById(record.elementId);
  const handler = record.isPartial ? undefined : compensated.compensationHandler;
  const element = handler === undefined ? compensated : execution.element(handler);
  activate(execution, element, record.scopeKey ?? scope.key, {
    compensates: { elementInstanceKey: scope.key, record: recordKey },
  });
}

/**
 * A cancelled transaction is left by its cancel event; of a multi-instance one that instance alone, since each is a
 * transaction of its own. Source: BPMN 2.0.2, 10.3.5, 10.3.8 and 13.5.
 */
function finishCompensation(scope: ElementScope): void {
  const { execution, instance } = scope;
  if (!instance.isCancelled) return beginCompleting(execution, instance);
  const catcher = findCatcher(execution, instance.key, { kind: 'cancel' });
  if (!catcher) return;
  const loop = scope.element.multiInstance;
  if (!loop || catcher.listener.key !== instance.flowScopeKey)
    return fire(execution, catcher.listener.key, catcher.event, {});
  terminate(execution, [instance.key]);
  activate(execution, catcher.event, expected(catcher.listener.flowScopeKey, `flow scope of ${instance.elementId}`));
  continueAfterCancel(loop, execution, catcher.listener.key);
}

/** A completed sub-process is there again to be compensated: by its event sub-process, else by what completed in it. */
export function compensateScope(scope: ElementScope): void {
  const { execution, element, key, instance } = scope;
  scope.activateSilently();
  const handler = instance.isPartial ? undefined : compensationSubProcess(execution, element);
  if (handler) return void activate(execution, handler, key);
  const records = instance.compensable?.keys() ?? [];
  execution.emit({
    type: 'compensationTriggered',
    elementInstanceKey: key,
    elementId: element.id,
    scopeKey: key,
    records,
  });
  execution.schedule(key);
}

/**
 * Cancels the transaction around an end event: what runs in it ends, what completed in it is compensated, and then it is
 * left by its cancel boundary event. Of a sub-process that still runs what completed in it is compensated: cancelling an
 * active sub-process compensates its completed portions. Source: BPMN 2.0.2, 10.3.5, 10.7 and 13.3.6, "Transaction".
 */
export function cancelTransaction(scope: ElementScope): void {
  const { execution } = scope;
  const transaction = transactionAround(execution, scope.instance);
  if (!transaction) return scope.pass();
  const { key: elementInstanceKey, elementId } = transaction;
  closeEventSubProcesses(execution, elementInstanceKey);
  cancelChildren(execution, elementInstanceKey);
  execution.emit({ type: 'transactionCancelled', elementInstanceKey, elementId });
  execution.schedule(elementInstanceKey);
}

function transactionAround(execution: Execution, from: ElementInstance): ElementInstance | undefined {
  let instance: ElementInstance | undefined = from;
  while (instance && instance.elementType !== 'transaction')
    instance = instance.flowScopeKey === undefined ? undefined : execution.instance(instance.flowScopeKey);
  return instance;
}
