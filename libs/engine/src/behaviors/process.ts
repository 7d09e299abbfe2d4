import { expected } from '../lifecycle.js';
import { activate } from '../parts/tokens.js';
import type { ElementBehavior } from './behavior.js';

/** Begins at the start event that was asked for, else at the none start event. */
export const process: ElementBehavior = {
  activate(element, scope) {
    const { execution, key } = scope;
    const { startElementId } = execution.state;
    const start =
      startElementId === undefined
        ? execution.element(expected(element.startEvent, `none start event of ${element.id}`))
        : execution.elementById(startElementId);
    if (scope.wait()) activate(execution, start, key);
  },
};
