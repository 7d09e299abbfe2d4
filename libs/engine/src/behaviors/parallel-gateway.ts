import type { ElementBehavior } from './behavior.js';

/** Made when a token waits on each incoming flow; takes every outgoing flow. Source: BPMN 2.0.2, "Parallel Gateway". */
export const parallelGateway: ElementBehavior = {
  activate: (gateway, scope) => scope.completeVia(gateway.outgoing),
};
