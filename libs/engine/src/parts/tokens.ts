import type { BpmnElement, FlowIndex } from '#bpmn';
import type { Key } from '../state.js';
import { activate, beginCompleting } from './activation.js';
import { restAdHoc } from './ad-hoc.js';
import { arriveAtComplexGateway } from './complex-gateways.js';
import type { Execution } from './execution.js';

/** Moves a token along a flow: to a new instance of the target, or to wait before a joining gateway. */
export function takeFlow(execution: Execution, index: FlowIndex, flowScopeKey: Key): void {
  const flow = execution.flow(index);
  const target = execution.element(flow.target);
  if (!execution.planOf(target).gathersTokens) {
    execution.record({ version: 1, type: 'sequenceFlowTaken', flowId: flow.id, flowScopeKey });
    activate(execution, target, flowScopeKey);
    return;
  }
  execution.record({ version: 1, type: 'sequenceFlowTaken', flowId: flow.id, flowScopeKey, joinElementId: target.id });
  const waiting = execution.instance(flowScopeKey).tokens?.[target.id] ?? {};
  if (target.type === 'parallelGateway' && hasTokenOnEach(execution, target, waiting))
    activate(execution, target, flowScopeKey);
  if (target.type === 'complexGateway') arriveAtComplexGateway(execution, target, flowScopeKey);
  if (target.startQuantity !== undefined) arriveAtActivity(execution, target, flowScopeKey);
}

function hasTokenOnEach(
  execution: Execution,
  gateway: BpmnElement,
  waiting: Readonly<Record<string, number>>,
): boolean {
  return gateway.incoming.every((index) => (waiting[execution.definition.flows[index]?.id ?? ''] ?? 0) > 0);
}

/** Source: BPMN 2.0.2, table 10.3, `startQuantity`: so many tokens, by whichever flows, start the activity once. */
function arriveAtActivity(execution: Execution, activity: BpmnElement, flowScopeKey: Key): void {
  const waiting = Object.entries(execution.instance(flowScopeKey).tokens?.[activity.id] ?? {});
  let missing = activity.startQuantity ?? 1;
  const takes: Record<string, number> = {};
  for (const [flowId, count] of waiting) {
    takes[flowId] = Math.min(count, missing);
    missing -= Math.min(count, missing);
  }
  if (missing === 0) activate(execution, activity, flowScopeKey, { takes });
}

/** Lets a scope complete when its last path has ended. Tokens before a join that never opens keep it open. */
export function completeScopeIfDone(execution: Execution, scopeKey: Key | undefined): void {
  const scope = scopeKey === undefined ? undefined : execution.state.elements.get(scopeKey);
  if (!scope || scope.state !== 'activated' || scope.tokens || scope.resets) return;
  if (execution.state.children.has(scope.key) || scope.isCancelled || scope.multiInstance) return;
  if (scope.compensation && scope.compensation.pending.size > 0) return;
  if (scope.elementType === 'adHocSubProcess' && !scope.isCompensating) return restAdHoc(execution, scope);
  beginCompleting(execution, scope);
}
