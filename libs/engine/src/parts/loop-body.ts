import type { BpmnElement } from '#bpmn';
import type { ElementInstance } from '../state.js';

/** The instance that holds the instances of a loop or multi-instance activity, not one of them. */
export function isLoopBody({ multiInstance, standardLoop }: BpmnElement, instance: ElementInstance): boolean {
  const isLoop = multiInstance !== undefined || standardLoop !== undefined;
  return isLoop && instance.loopCounter === undefined && !instance.isCompensating;
}
