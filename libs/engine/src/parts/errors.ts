import type { Key, Variables } from '../state.js';
import { findCatcher } from './catchers.js';
import { endProcessInstance } from './ending.js';
import type { Execution } from './execution.js';
import { fire } from './triggers.js';

export interface ThrownError {
  readonly errorCode: string;
  readonly errorMessage?: string | undefined;
  readonly variables: Variables;
}

/**
 * Throws a BPMN error from an element instance outwards: the nearest event sub-process or boundary event that catches it
 * takes it, then the callers. Returns false where nobody does, so that the instance and the work beside the error are not
 * lost. Source: BPMN 2.0.2, 10.5.1, "Error"; Camunda 8, "Error events".
 */
export function throwError(execution: Execution, fromKey: Key, error: ThrownError): boolean {
  const handler = findCatcher(execution, fromKey, { kind: 'error', code: error.errorCode });
  if (handler) {
    fire(execution, handler.listener.key, handler.event, error.variables);
    return true;
  }
  if (!execution.state.parent || execution.context.callersCatch?.(error.errorCode) === false) return false;
  propagateToCaller(execution, error);
  return true;
}

/** The instance ends with its error; which event of the caller catches it is decided in the caller's own step. */
function propagateToCaller(execution: Execution, { errorCode, errorMessage, variables }: ThrownError): void {
  const error = { errorCode, ...(errorMessage !== undefined && { errorMessage }), variables };
  endProcessInstance(execution, { reason: `BPMN error ${errorCode}`, error });
}
