import type { JobDefinition } from '#bpmn';
import type { CompiledExpression } from '#feel';
import type { ListenerPlace } from '../state.js';
import type { ElementScope } from './element-scope.js';
import { evaluateInteger, evaluateText, mismatch } from './expressions.js';
import type { Result } from './result.js';

interface JobOptions {
  readonly listener?: ListenerPlace;
  /** Runs before the job is made; false stops it. */
  readonly begin?: () => boolean;
}

export function createJob({ type, retries, headers }: JobDefinition, scope: ElementScope, options: JobOptions): void {
  const { execution, variables, key: elementInstanceKey, element } = scope;
  const jobType = evaluateText(execution, variables, type);
  if (!jobType.ok) return scope.incident(jobType.problem);
  const count = retriesOf(retries, scope);
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
    ...(!options.listener && element.type === 'adHocSubProcess' && { isAdHoc: true }),
  });
}

/** As many as 32 bits hold; none at all would make a job that no worker could ever take. */
function retriesOf(expression: CompiledExpression, { execution, variables }: ElementScope): Result<number> {
  const count = evaluateInteger(execution, variables, expression);
  if (!count.ok || (count.value >= 1 && count.value <= maxRetries)) return count;
  return mismatch('EXTRACT_VALUE_ERROR', expression, `a number from 1 to ${maxRetries}`, count.value);
}

const maxRetries = 2_147_483_647;
