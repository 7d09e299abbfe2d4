import type { ElementInstance, InstanceState, Key } from '../state.js';
import type { Execution } from './execution.js';
import type { ElementProblem } from './result.js';

export function raiseIncident(
  execution: Execution,
  instance: ElementInstance,
  problem: ElementProblem,
  jobKey?: Key,
): void {
  execution.emit({
    type: 'incidentCreated',
    incidentKey: execution.newKey(),
    elementInstanceKey: instance.key,
    elementId: instance.elementId,
    ...(jobKey !== undefined && { jobKey }),
    errorType: problem.errorType,
    errorMessage: problem.message,
    at: execution.now,
  });
}

export function hasIncident(state: InstanceState, elementInstanceKey: Key): boolean {
  return (
    state.incidents.size > 0 &&
    (state.elements.get(elementInstanceKey)?.owns ?? []).some((key) => state.incidents.has(key))
  );
}
