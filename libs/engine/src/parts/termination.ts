import type { Key } from '../state.js';
import type { Execution } from './execution.js';

/** Terminates element instances with all that lives in them: work is canceled, then inner instances end before outer ones. */
export function terminate(execution: Execution, roots: readonly Key[]): void {
  const keys = withDescendants(execution, roots);
  for (const key of keys) transition(execution, key, 'terminating');
  cancelWork(execution, new Set(keys));
  for (const key of keys.toReversed()) transition(execution, key, 'terminated');
}

/** Terminates what lives directly in a scope, but for one instance that goes on. */
export function terminateChildren(execution: Execution, scopeKey: Key, exceptKey?: Key): void {
  const children = Object.values(execution.state.elements).filter(
    ({ flowScopeKey, key }) => flowScopeKey === scopeKey && key !== exceptKey,
  );
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

/** Outer instances before inner ones. */
function withDescendants(execution: Execution, roots: readonly Key[]): readonly Key[] {
  const { elements } = execution.state;
  const keys = [...roots];
  if (keys.every((key) => !elements[key]?.activeChildren)) return keys;
  const children = new Map<Key, Key[]>();
  for (const { key, flowScopeKey } of Object.values(elements)) {
    if (flowScopeKey === undefined) continue;
    const siblings = children.get(flowScopeKey);
    if (siblings) siblings.push(key);
    else children.set(flowScopeKey, [key]);
  }
  for (let i = 0; i < keys.length; i += 1) keys.push(...(children.get(keys[i] ?? '') ?? []));
  return keys;
}

function cancelWork(execution: Execution, keys: ReadonlySet<Key>): void {
  const { userTasks, jobs, calls, incidents } = execution.state;
  const isOurs = ([, { elementInstanceKey }]: readonly [Key, { readonly elementInstanceKey: Key }]) =>
    keys.has(elementInstanceKey);
  const at = execution.now;
  for (const [userTaskKey] of Object.entries(userTasks).filter(isOurs))
    execution.emit({ type: 'userTaskCanceled', userTaskKey, at });
  for (const [jobKey] of Object.entries(jobs).filter(isOurs)) execution.emit({ type: 'jobCanceled', jobKey });
  for (const [, { elementInstanceKey, childKey }] of Object.entries(calls).filter(isOurs)) {
    execution.emit({ type: 'processCallCanceled', elementInstanceKey, childKey });
  }
  for (const [incidentKey] of Object.entries(incidents).filter(isOurs))
    execution.emit({ type: 'incidentResolved', incidentKey, at });
  cancelSubscriptions(execution, ({ elementInstanceKey }) => keys.has(elementInstanceKey));
}

interface Waiting {
  readonly elementInstanceKey: Key;
  readonly elementId: string;
}

/** Cancels the timers, message and signal subscriptions that fit. */
export function cancelSubscriptions(execution: Execution, fits: (waiting: Waiting) => boolean): void {
  const { timers, subscriptions } = execution.state;
  for (const [timerKey, timer] of Object.entries(timers)) {
    if (fits(timer)) execution.emit({ type: 'timerCanceled', timerKey });
  }
  for (const [subscriptionKey, subscription] of Object.entries(subscriptions)) {
    if (!fits(subscription)) continue;
    const type = subscription.kind === 'message' ? 'messageSubscriptionCanceled' : 'signalSubscriptionCanceled';
    execution.emit({ type, subscriptionKey });
  }
}
