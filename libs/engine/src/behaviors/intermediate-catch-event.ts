import type { ElementBehavior } from './behavior.js';

/** Waits for its message, timer or signal. */
export const intermediateCatchEvent: ElementBehavior = {
  activate: (_element, scope) => void scope.wait(),
};
