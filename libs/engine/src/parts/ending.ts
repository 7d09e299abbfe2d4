import type { ProcessEnd } from '../state.js';
import type { Execution } from './execution.js';
import { haveEnded, terminate } from './termination.js';

/** Terminates the whole instance; one whose listeners are still asked about that is not asked again. */
export function endProcessInstance(execution: Execution, end: ProcessEnd): void {
  const { processInstanceKey } = execution.state;
  if (execution.instance(processInstanceKey).state === 'terminating') return;
  const resting = terminate(execution, [processInstanceKey]);
  if (haveEnded(execution, resting, processInstanceKey, { kind: 'end', ...end })) conclude(execution, end);
}

/** Nothing of it is left: callers are told, of its error or of its end. */
export function conclude(execution: Execution, { error, ...why }: ProcessEnd): void {
  if (error) execution.emit({ type: 'errorPropagatedToCaller', ...error });
  execution.emit({ type: 'processInstanceTerminated', ...why, at: execution.now });
}
