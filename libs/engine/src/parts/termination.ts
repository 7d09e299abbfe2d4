import type { Key } from '../state.js';
import type { Execution } from './execution.js';

/** Terminates element instances with all that lives in them: work is canceled, then inner instances end before outer ones. */
export function terminate(execution: Execution, roots: readonly Key[]): void {
  const keys = beginTerminating(execution, roots);
  for (const key of keys.toReversed()) transition(execution, key, 'terminated');
}

/**
 * Terminates what lives directly in a scope; what completed in it before can still be compensated from the scope, also
 * what somebody in it was to compensate and has not begun. A handler that runs is terminated and not begun again. Of two
 * that are terminated the later one is compensated first: the standard has an order for completed activities alone.
 */
export function cancelChildren(execution: Execution, scopeKey: Key): void {
  const roots = execution.childrenOf(scopeKey).map(({ key }) => key);
  const givenBack = new Set<Key>();
  for (const key of beginTerminating(execution, roots).toReversed()) {
    const { compensable, compensation, compensates, elementId } = execution.instance(key);
    const pending = compensation?.pending.values() ?? [];
    for (const record of pending) givenBack.add(record.scopeKey ?? key);
    const isRecorded = givenBack.has(key) || (compensable !== undefined && compensates === undefined);
    execution.transition(key, elementId, 'terminated', {
      ...(isRecorded && { isCompensable: true }),
      ...(pending.length > 0 && { returnsPending: true }),
    });
  }
}

function beginTerminating(execution: Execution, roots: readonly Key[]): readonly Key[] {
  const keys = withDescendants(execution, roots);
  for (const key of keys) transition(execution, key, 'terminating');
  for (const key of keys) cancelWork(execution, key);
  return keys;
}

/** Terminates what lives directly in a scope, but for one instance that goes on. */
export function terminateChildren(execution: Execution, scopeKey: Key, exceptKey?: Key): void {
  const children = execution.childrenOf(scopeKey).filter(({ key }) => key !== exceptKey);
  if (children.length > 0)
    terminate(
      execution,
      children.map(({ key }) => key),
    );
}

function transition(execution: Execution, key: Key, to: 'terminating' | 'terminated'): void {
  const { elementId } = execution.instance(key);
  execution.emit({ type: 'elementTransitioned', elementInstanceKey: key, elementId, to, at: execution.now });
}

/** Outer instances before inner ones, each with all that lives in it, and what began last first. */
function withDescendants(execution: Execution, roots: readonly Key[]): readonly Key[] {
  const keys: Key[] = [];
  const open = [...roots];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    keys.push(key);
    for (const child of execution.childrenOf(key)) open.push(child.key);
  }
  return keys;
}

/** Ends what an element instance waits for and what it asked others to do. */
function cancelWork(execution: Execution, key: Key): void {
  const { state, now: at } = execution;
  for (const ownKey of execution.instance(key).owns ?? []) {
    if (state.userTasks.has(ownKey)) execution.emit({ type: 'userTaskCanceled', userTaskKey: ownKey, at });
    else if (state.jobs.has(ownKey)) execution.emit({ type: 'jobCanceled', jobKey: ownKey });
    else if (state.incidents.has(ownKey)) execution.emit({ type: 'incidentResolved', incidentKey: ownKey, at });
    else cancelSubscription(execution, ownKey);
  }
  const call = state.calls.get(key);
  if (call) execution.emit({ type: 'processCallCanceled', elementInstanceKey: key, childKey: call.childKey });
}

/** Cancels the timers, message and signal subscriptions of an element instance that listen to one of these elements. */
export function cancelSubscriptions(
  execution: Execution,
  key: Key,
  fits: (elementId: string) => boolean = () => true,
): void {
  const { timers, subscriptions, conditions } = execution.state;
  for (const ownKey of execution.instance(key).owns ?? []) {
    const waiting = timers.get(ownKey) ?? subscriptions.get(ownKey) ?? conditions.get(ownKey);
    if (waiting && fits(waiting.elementId)) cancelSubscription(execution, ownKey);
  }
}

function cancelSubscription(execution: Execution, key: Key): void {
  if (execution.state.timers.has(key)) return execution.emit({ type: 'timerCanceled', timerKey: key });
  if (execution.state.conditions.has(key)) return execution.emit({ type: 'conditionCanceled', conditionKey: key });
  const subscription = execution.state.subscriptions.get(key);
  if (!subscription) return;
  const type = subscription.kind === 'message' ? 'messageSubscriptionCanceled' : 'signalSubscriptionCanceled';
  execution.emit({ type, subscriptionKey: key });
}
