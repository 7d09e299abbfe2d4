import type { ElementBehavior } from './behavior.js';

/** Manual and undefined tasks are done outside the engine: it passes through. Source: Camunda 8, "Manual tasks". */
export const manualTask: ElementBehavior = {
  activate: (_element, scope) => scope.pass(),
};
