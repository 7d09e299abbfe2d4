import type { BpmnElement, FlowIndex } from '#bpmn';
import type { ElementScope } from '../parts/element-scope.js';
import { evaluateBoolean } from '../parts/expressions.js';
import { failure, success, type Result } from '../parts/result.js';
import type { ElementBehavior } from './behavior.js';

/** Takes the first outgoing flow whose condition holds, else the default flow. Source: BPMN 2.0.2, "Exclusive Gateway". */
export const exclusiveGateway: ElementBehavior = {
  activate(gateway, scope) {
    const taken = firstTrue(gateway, scope);
    return taken.ok ? scope.completeVia(taken.value) : scope.incident(taken.problem);
  },
};

function firstTrue(gateway: BpmnElement, { execution, variables }: ElementScope): Result<readonly FlowIndex[]> {
  for (const index of gateway.outgoing) {
    if (index === gateway.defaultFlow) continue;
    const condition = execution.definition.flows[index]?.condition;
    const holds = condition ? evaluateBoolean(execution, variables, condition) : success(true);
    if (!holds.ok) return holds;
    if (holds.value) return success([index]);
  }
  if (gateway.defaultFlow !== undefined) return success([gateway.defaultFlow]);
  if (gateway.outgoing.length === 0) return success([]);
  return failure(
    'CONDITION_ERROR',
    `Expected one condition of gateway "${gateway.id}" to hold, or a default flow, but found neither.`,
  );
}
