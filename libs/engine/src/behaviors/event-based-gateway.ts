import type { ElementBehavior } from './behavior.js';

/** Waits for the first of the events after it. Source: BPMN 2.0.2, "Event-Based Gateway". */
export const eventBasedGateway: ElementBehavior = {
  activate: (_gateway, scope) => void scope.wait(),
};
