import type { BpmnElement, BpmnElementType } from '#bpmn';
import type { ElementScope } from '../parts/element-scope.js';

/** What one kind of BPMN element does. Multi-instance, input and output mappings are done before it is asked. */
export interface ElementBehavior {
  /** The instance is `activating`, its inputs are mapped: wait, pass, complete by chosen flows, or raise an incident. */
  activate(element: BpmnElement, scope: ElementScope): void;
  /** The instance is `activated` and its incident was resolved. */
  retry?(element: BpmnElement, scope: ElementScope): void;
}

export type Behaviors = Readonly<Record<BpmnElementType, ElementBehavior>>;
