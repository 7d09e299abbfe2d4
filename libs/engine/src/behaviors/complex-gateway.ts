import { complexScope } from '../parts/complex-gateways.js';
import type { ElementBehavior } from './behavior.js';
import { allTrue } from './inclusive-gateway.js';

/**
 * Made when its activation condition holds; takes every outgoing flow whose condition holds, else the default flow, and
 * then waits for reset. Source: BPMN 2.0.2, 10.6.5 and 13.4.5, "Complex Gateway".
 */
export const complexGateway: ElementBehavior = {
  activate(gateway, scope) {
    const variables = complexScope(scope.execution, scope.flowScopeKey, gateway, true);
    const taken = allTrue(gateway, scope, variables);
    return taken.ok ? scope.completeVia(taken.value) : scope.incident(taken.problem);
  },
};
