import { expected } from '../lifecycle.js';
import { activate } from '../parts/tokens.js';
import type { ElementBehavior } from './behavior.js';

/** Begins at its start event; completes when its last path has ended. Holds for embedded and event sub-processes. */
export const subProcess: ElementBehavior = {
  activate(element, scope) {
    const start = scope.execution.element(expected(element.startEvent, `start event of ${element.id}`));
    if (scope.wait()) activate(scope.execution, start, scope.key);
  },
};
