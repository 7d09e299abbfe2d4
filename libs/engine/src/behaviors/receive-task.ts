import type { ElementBehavior } from './behavior.js';

/** Waits for its message. */
export const receiveTask: ElementBehavior = {
  activate: (_element, scope) => void scope.wait(),
};
