import type { BpmnElement } from '#bpmn';
import type { ElementInstance } from '../state.js';
import type { Execution } from './execution.js';

/**
 * Whether what completes leaves a record by which it can be compensated: it has a handler, or it holds what has one. A
 * handler, and what is made again for its compensation, is not compensated itself. Source: BPMN 2.0.2, 13.5.5.
 */
export function isCompensable(execution: Execution, element: BpmnElement, instance: ElementInstance): boolean {
  const { compensable, isLoop } = execution.planOf(element);
  if (compensable === 'never' || instance.compensates !== undefined) return false;
  if (instance.compensable !== undefined) return true;
  const isBody = isLoop && instance.loopCounter === undefined && !instance.isCompensating;
  return compensable === 'always' && !isBody;
}

/** The event sub-process that compensates its sub-process. */
export function compensationSubProcess(execution: Execution, element: BpmnElement): BpmnElement | undefined {
  return execution.planOf(element).compensationSubProcess;
}
