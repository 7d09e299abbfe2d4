import type { ElementBehavior } from './behavior.js';

/** Made when its event has happened; the listening is part of the activity. Source: BPMN 2.0.2, 10.5.4. */
export const boundaryEvent: ElementBehavior = {
  activate: (_element, scope) => scope.pass(),
};
