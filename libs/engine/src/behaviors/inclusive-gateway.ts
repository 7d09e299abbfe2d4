import type { BpmnElement, FlowIndex } from '#bpmn';
import type { FeelScope } from '#feel';
import type { ElementScope } from '../parts/element-scope.js';
import { evaluateBoolean } from '../parts/expressions.js';
import { failure, success, type Result } from '../parts/result.js';
import type { ElementBehavior } from './behavior.js';

/** Takes every outgoing flow whose condition holds, else the default flow. Source: BPMN 2.0.2, "Inclusive Gateway". */
export const inclusiveGateway: ElementBehavior = {
  activate(gateway, scope) {
    const taken = allTrue(gateway, scope, scope.variables);
    return taken.ok ? scope.completeVia(taken.value) : scope.incident(taken.problem);
  },
};

/** The flows whose condition holds, seen from these variables; else the default flow. */
export function allTrue(
  gateway: BpmnElement,
  { execution }: ElementScope,
  variables: FeelScope,
): Result<readonly FlowIndex[]> {
  const taken: FlowIndex[] = [];
  for (const index of gateway.outgoing) {
    const condition = execution.definition.flows[index]?.condition;
    const holds = condition ? evaluateBoolean(execution, variables, condition) : success(index !== gateway.defaultFlow);
    if (!holds.ok) return holds;
    if (holds.value) taken.push(index);
  }
  if (taken.length > 0 || gateway.outgoing.length === 0) return success(taken);
  if (gateway.defaultFlow !== undefined) return success([gateway.defaultFlow]);
  return failure(
    'CONDITION_ERROR',
    `Expected one condition of gateway "${gateway.id}" to hold, or a default flow, but found neither.`,
  );
}
