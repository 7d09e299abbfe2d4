import type { BpmnElement } from '#bpmn';
import type { ElementInstance } from '../state.js';
import type { Execution } from './execution.js';
import { isLoopBody } from './loop-body.js';

/**
 * Whether what completes leaves a record by which it can be compensated: it has a handler, or it holds what has one. A
 * handler, and what is made again for its compensation, is not compensated itself. Source: BPMN 2.0.2, 13.5.5.
 */
export function isCompensable(execution: Execution, element: BpmnElement, instance: ElementInstance): boolean {
  if (element.type === 'process' || element.isForCompensation || instance.compensates !== undefined) return false;
  if (isLoopBody(element, instance)) return instance.compensable !== undefined;
  const hasHandler = element.compensationHandler !== undefined;
  return hasHandler || instance.compensable !== undefined || compensationSubProcess(execution, element) !== undefined;
}

/** The event sub-process that compensates its sub-process. */
export function compensationSubProcess(execution: Execution, element: BpmnElement): BpmnElement | undefined {
  return element.eventSubProcesses
    .map((index) => execution.element(index))
    .find(({ startEvent }) => execution.element(startEvent ?? 0).event?.kind === 'compensation');
}
