import type { InstanceState, Key } from '../state.js';
import type { Execution } from './execution.js';
import type { ScheduledKeys } from './scheduled-keys.js';

/**
 * What paused steps left behind, by the state they ended in, for as long as that is kept in memory. It follows from the
 * state: who has read that from a snapshot looks through all elements instead, which gives the same keys in the same order.
 */
const leftBehind = new WeakMap<InstanceState, ScheduledKeys>();

/** Remembers what has its turn next. Gateways that join late are asked about by the scopes of all elements, so not with these. */
export function leaveBehind(execution: Execution, isLeft: (key: Key) => boolean): void {
  if (!execution.hasLateJoins) leftBehind.set(execution.state, execution.handOver(isLeft));
}

/** Takes up what was left behind in this state; false where that is not known. The next one to ask does not know it. */
export function takeUp(execution: Execution): boolean {
  const { before } = execution.draft;
  const left = before && leftBehind.get(before);
  if (!left) return false;
  leftBehind.delete(before);
  execution.takeOver(left);
  return true;
}
