import type { ElementBehavior } from './behavior.js';

/** What it waited for has happened before the instance existed. */
export const startEvent: ElementBehavior = {
  activate: (_element, scope) => scope.pass(),
};
