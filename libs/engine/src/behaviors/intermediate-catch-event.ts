import type { ElementBehavior } from './behavior.js';

/** Waits for its message, timer or signal; a link is reached by its throwing event and goes on at once. */
export const intermediateCatchEvent: ElementBehavior = {
  activate: ({ event }, scope) => (event?.kind === 'link' ? scope.pass() : void scope.wait()),
};
