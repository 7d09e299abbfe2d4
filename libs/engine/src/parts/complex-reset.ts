import type { BpmnElement, FlowIndex } from '#bpmn';
import type { Key } from '../state.js';
import { arriveAtComplexGateway, complexScope, oneOfEach, stopScope } from './complex-gateways.js';
import type { Execution } from './execution.js';
import { evaluateBoolean } from './expressions.js';
import { success, type Result } from './result.js';
import { completeScopeIfDone, takeFlow } from './tokens.js';

/**
 * The other tokens have arrived or can arrive no more: they are taken and the gateway waits for start again. Reading: of
 * the outgoing flows only those get a token whose condition reads `waitingForStart`, the only way to tell the two phases
 * apart; any other flow would get one twice.
 */
export function resetComplexGateway(execution: Execution, gateway: BpmnElement, scopeKey: Key): void {
  const { tokens, resets } = execution.instance(scopeKey);
  const waiting = tokens?.[gateway.id] ?? {};
  const taken = resets?.[gateway.id] ?? [];
  const flows = flowsOfReset(execution, gateway, scopeKey);
  if (!flows.ok) return stopScope(execution, gateway, scopeKey, flows.problem);
  const others = Object.entries(waiting).filter(([flowId]) => !taken.includes(flowId));
  const takes = oneOfEach(Object.fromEntries(others));
  execution.emit({ type: 'complexGatewayReset', flowScopeKey: scopeKey, elementId: gateway.id, takes });
  for (const index of flows.value) takeFlow(execution, index, scopeKey);
  arriveAtComplexGateway(execution, gateway, scopeKey);
  completeScopeIfDone(execution, scopeKey);
}

function flowsOfReset(execution: Execution, gateway: BpmnElement, scopeKey: Key): Result<readonly FlowIndex[]> {
  const scope = complexScope(execution, scopeKey, gateway, false);
  const flows: FlowIndex[] = [];
  for (const index of gateway.outgoing) {
    const condition = execution.definition.flows[index]?.condition;
    if (!condition?.reads.includes('waitingForStart')) continue;
    const holds = evaluateBoolean(execution, scope, condition);
    if (!holds.ok) return holds;
    if (holds.value) flows.push(index);
  }
  return success(flows);
}
