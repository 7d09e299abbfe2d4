import type { JobDefinition } from '#bpmn';
import type { ListenerPlace } from '../state.js';
import type { ElementScope } from './element-scope.js';
import { evaluateInteger, evaluateText } from './expressions.js';

interface JobOptions {
  readonly listener?: ListenerPlace;
  /** Runs before the job is made; false stops it. */
  readonly begin?: () => boolean;
}

export function createJob({ type, retries, headers }: JobDefinition, scope: ElementScope, options: JobOptions): void {
  const { execution, variables, key: elementInstanceKey, element } = scope;
  const jobType = evaluateText(execution, variables, type);
  if (!jobType.ok) return scope.incident(jobType.problem);
  const count = evaluateInteger(execution, variables, retries);
  if (!count.ok) return scope.incident(count.problem);
  if (options.begin?.() === false) return;
  const jobKey = execution.newKey();
  scope.emit({
    type: 'jobCreated',
    jobKey,
    elementInstanceKey,
    elementId: element.id,
    jobType: jobType.value,
    retries: count.value,
    headers,
    ...(options.listener && { listener: options.listener }),
  });
}
