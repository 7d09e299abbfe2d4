import type { AfterTermination, ElementInstance, InstanceState, Key } from '../state.js';
import type { Execution } from './execution.js';
import { listensToCanceling } from './plan.js';

/**
 * Terminates element instances with all that lives in them: work is canceled, then inner instances end before outer ones.
 * Gives those that rest, because listeners of the cancellation of a user task are asked first.
 */
export function terminate(execution: Execution, roots: readonly Key[]): readonly Key[] {
  const keys = beginTerminating(execution, roots);
  const resting = execution.hasCancelingListeners ? restingAmong(execution, keys) : nobody;
  for (const key of keys.toReversed()) if (!resting.has(key)) transition(execution, key, 'terminated');
  return resting.size === 0 ? [] : roots.filter((key) => resting.has(key));
}

const nobody: ReadonlySet<Key> = new Set();

/** User tasks whose listeners are asked, and the scopes around them; keys stand outer ones before inner ones. */
function restingAmong(execution: Execution, keys: readonly Key[]): ReadonlySet<Key> {
  const [all, resting] = [new Set(keys), new Set<Key>()];
  for (const key of keys.toReversed()) {
    const { flowScopeKey } = execution.instance(key);
    if (!resting.has(key) && canceledTaskOf(execution, key) === undefined) continue;
    resting.add(key);
    if (flowScopeKey !== undefined && all.has(flowScopeKey)) resting.add(flowScopeKey);
  }
  return resting;
}

/** The user task of an element instance whose listeners are asked before it is canceled. */
export function canceledTaskOf(execution: Execution, key: Key): Key | undefined {
  const { userTasks } = execution.state;
  return execution.instance(key).owns?.find((own) => userTasks.get(own)?.held?.eventType === 'canceling');
}

/** True where all have ended and what follows goes on at once; else it goes on in the scope when they have. */
export function haveEnded(
  execution: Execution,
  resting: readonly Key[],
  scopeKey: Key,
  next: AfterTermination,
): boolean {
  if (resting.length === 0) return true;
  const { elementId } = execution.instance(scopeKey);
  execution.emit({ type: 'terminationAwaited', elementInstanceKey: scopeKey, elementId, roots: resting, next });
  return false;
}

/** Whether something is being ended and listeners are asked first: then who changes the instance itself has to wait. */
export function isEnding({ elements }: InstanceState): boolean {
  let isFound = false;
  elements.visit(({ state }) => (isFound ||= state === 'terminating'));
  return isFound;
}

/** What still runs in the scope is being ended, and then the scope goes on in another way or completes. */
export function isBeingEmptied({ awaited }: ElementInstance): boolean {
  return awaited?.some(({ next: { kind } }) => kind === 'complete' || kind === 'eventSubProcess') ?? false;
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
  const begun = keys.filter((key) => execution.instance(key).state !== 'terminating');
  for (const key of begun) transition(execution, key, 'terminating');
  for (const key of begun) cancelWork(execution, key);
  return keys;
}

/** Terminates what lives directly in a scope, but for one instance that goes on. Gives those that rest. */
export function terminateChildren(execution: Execution, scopeKey: Key, exceptKey?: Key): readonly Key[] {
  const children = execution.childrenOf(scopeKey).filter(({ key }) => key !== exceptKey);
  if (children.length === 0) return [];
  return terminate(
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
    if (state.userTasks.has(ownKey)) cancelUserTask(execution, key, ownKey);
    else if (state.jobs.has(ownKey)) execution.emit({ type: 'jobCanceled', jobKey: ownKey });
    else if (state.incidents.has(ownKey)) execution.emit({ type: 'incidentResolved', incidentKey: ownKey, at });
    else cancelSubscription(execution, ownKey);
  }
  const call = state.calls.get(key);
  if (call) execution.emit({ type: 'processCallCanceled', elementInstanceKey: key, childKey: call.childKey });
}

/** Its listeners are asked first, one after the other, when their turn comes. Source: Camunda 8, "User task listeners". */
function cancelUserTask(execution: Execution, key: Key, userTaskKey: Key): void {
  const listens = execution.hasCancelingListeners && listensToCanceling(execution.elementOf(execution.instance(key)));
  if (!listens) return execution.emit({ type: 'userTaskCanceled', userTaskKey, at: execution.now });
  execution.emit({ type: 'userTaskChangeHeld', userTaskKey, change: { eventType: 'canceling' } });
  execution.schedule(key);
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
