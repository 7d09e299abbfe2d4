import type { Command } from '../commands.js';
import type { Key } from '../state.js';
import type { Execution } from './execution.js';
import { accepted, rejected, type Outcome } from './outcome.js';

type RescheduleTimer = Extract<Command, { readonly type: 'rescheduleTimer' }>;

/**
 * Puts a timer in the place of one that waits, due at another moment. It has a key of its own, so that whoever is about to
 * fire the earlier one comes too late. What came due already stays, and a cycle keeps its rhythm. Source: ADR 21.
 */
export function rescheduleTimer(execution: Execution, { timerKey, dueAt, countedFrom }: RescheduleTimer): Outcome {
  const timer = execution.state.timers.get(timerKey);
  if (!timer)
    return rejected('notFound', `Expected timer ${timerKey} to wait in this process instance but it does not.`);
  if (timer.interval !== undefined)
    return rejected('invalidArgument', `Expected timer ${timerKey} to fire once but it is a cycle.`);
  if (timer.dueAt <= execution.now || isDeferred(execution, timerKey))
    return rejected('conflict', `Expected timer ${timerKey} not to be due yet but it is.`);
  if (timer.dueAt === dueAt)
    return rejected('conflict', `Expected timer ${timerKey} to be due at another moment but it is due then already.`);
  execution.emit({ type: 'timerCanceled', timerKey });
  execution.emit({
    type: 'timerCreated',
    timerKey: execution.newKey(),
    elementInstanceKey: timer.elementInstanceKey,
    elementId: timer.elementId,
    ...(timer.eventIndex !== undefined && { eventIndex: timer.eventIndex }),
    dueAt,
    replaces: { timerKey, dueAt: timer.dueAt, countedFrom },
  });
  return accepted;
}

const isDeferred = ({ state }: Execution, timerKey: Key): boolean =>
  state.suspension?.deferred.some((each) => each.type === 'triggerTimer' && each.timerKey === timerKey) ?? false;
