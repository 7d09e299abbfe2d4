import type { ExecutionListener } from '#bpmn';
import type { JobState, Key, Variables } from '../state.js';
import { createJob } from './create-job.js';
import type { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { outerScopeKey } from './io-mapping.js';
import { propagate, setLocal } from './variables.js';

/**
 * Asks the next execution listener of this kind by a job; the element rests until it is done. False where none is left.
 * Start listeners come after the input mappings, end listeners after the output mappings. Source: Camunda 8, "Execution
 * listeners".
 */
export function runsListener(scope: ElementScope, eventType: ExecutionListener['eventType']): boolean {
  const listeners = scope.element.executionListeners;
  if (listeners.length === 0) return false;
  const index = scope.instance.listenersDone ?? 0;
  const next = listeners.filter((listener) => listener.eventType === eventType)[index];
  if (!next) return false;
  createJob(next, scope, { listener: { kind: 'execution', eventType, index } });
  return true;
}

/** What a listener brings: at the start for the element alone, at the end for the scope around it. */
export function completeListener(
  execution: Execution,
  elementInstanceKey: Key,
  listener: NonNullable<JobState['listener']>,
  variables: Variables,
): void {
  if (listener.eventType === 'end') propagate(execution, outerScopeKey(execution, elementInstanceKey), variables);
  else setLocal(execution, elementInstanceKey, variables);
  execution.schedule(elementInstanceKey);
}
