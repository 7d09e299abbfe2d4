import type { BpmnElement, ElementIndex, FlowIndex } from '#bpmn';
import { expected } from '../lifecycle.js';
import type { ElementInstance, Key } from '../state.js';
import type { Execution } from './execution.js';

export interface ActivationOptions {
  readonly loopCounter?: number;
  readonly dropsTokens?: true;
}

/** Makes an element instance in state `activating`; nothing of it has run yet. */
export function create(
  execution: Execution,
  element: BpmnElement,
  flowScopeKey: Key,
  options: ActivationOptions = {},
): Key {
  const elementInstanceKey = execution.newKey();
  execution.emit({
    type: 'elementActivating',
    elementInstanceKey,
    elementId: element.id,
    elementType: element.type,
    flowScopeKey,
    ...options,
    at: execution.now,
  });
  return elementInstanceKey;
}

/** Makes an element instance and lets it run when its turn comes. */
export function activate(
  execution: Execution,
  element: BpmnElement,
  flowScopeKey: Key,
  options: ActivationOptions = {},
): Key {
  const key = create(execution, element, flowScopeKey, options);
  execution.schedule(key);
  return key;
}

/** Moves a token along a flow: to a new instance of the target, or to wait before a joining gateway. */
export function takeFlow(execution: Execution, index: FlowIndex, flowScopeKey: Key): void {
  const flow = expected(execution.definition.flows[index], `sequence flow ${index}`);
  const target = execution.element(flow.target);
  if (!isJoin(target)) {
    execution.emit({ type: 'sequenceFlowTaken', flowId: flow.id, flowScopeKey });
    activate(execution, target, flowScopeKey);
    return;
  }
  execution.emit({ type: 'sequenceFlowTaken', flowId: flow.id, flowScopeKey, joinElementId: target.id });
  if (target.type === 'parallelGateway' && hasTokenOnEach(execution, target, flowScopeKey))
    activate(execution, target, flowScopeKey);
}

function isJoin({ type, incoming }: BpmnElement): boolean {
  return incoming.length > 1 && (type === 'parallelGateway' || type === 'inclusiveGateway');
}

function hasTokenOnEach(execution: Execution, gateway: BpmnElement, flowScopeKey: Key): boolean {
  const waiting = execution.instance(flowScopeKey).tokens?.[gateway.id] ?? {};
  return gateway.incoming.every((index) => (waiting[execution.definition.flows[index]?.id ?? ''] ?? 0) > 0);
}

/** Lets a scope complete when its last path has ended. Tokens before a join that never opens keep it open. */
export function completeScopeIfDone(execution: Execution, scopeKey: Key | undefined): void {
  const scope = scopeKey === undefined ? undefined : execution.state.elements.get(scopeKey);
  if (!scope || scope.state !== 'activated' || scope.tokens || execution.state.children.has(scope.key)) return;
  beginCompleting(execution, scope);
}

export function beginCompleting(execution: Execution, { key, elementId }: ElementInstance): void {
  execution.emit({
    type: 'elementTransitioned',
    elementInstanceKey: key,
    elementId,
    to: 'completing',
    at: execution.now,
  });
  execution.schedule(key);
}

/**
 * Activates the inclusive gateways whose join is complete: at least one token waits and no other token of the scope can
 * still reach an incoming flow that is empty, unless it can also reach one that is not. Call it when nothing else moves.
 * Source: BPMN 2.0.2, 13.4.3, "Inclusive Gateway". Returns whether one was activated.
 */
export function activateInclusiveJoins(execution: Execution): boolean {
  for (const scopeKey of execution.takeTouchedScopes()) {
    const ready = readyInclusiveJoin(execution, scopeKey);
    if (!ready) continue;
    activate(execution, ready, scopeKey);
    return true;
  }
  return false;
}

function readyInclusiveJoin(execution: Execution, scopeKey: Key): BpmnElement | undefined {
  const scope = execution.state.elements.get(scopeKey);
  return Object.keys(scope?.tokens ?? {})
    .map((elementId) => execution.elementById(elementId))
    .find((gateway) => gateway.type === 'inclusiveGateway' && !isStillExpected(execution, gateway, scopeKey));
}

function isStillExpected(execution: Execution, gateway: BpmnElement, scopeKey: Key): boolean {
  const { definition } = execution;
  const waiting = execution.instance(scopeKey).tokens?.[gateway.id] ?? {};
  const isEmpty = (index: FlowIndex) => !waiting[definition.flows[index]?.id ?? ''];
  const towardsEmpty = upstreamOf(execution, gateway, gateway.incoming.filter(isEmpty));
  const towardsWaiting = upstreamOf(
    execution,
    gateway,
    gateway.incoming.filter((index) => !isEmpty(index)),
  );
  return tokenPlaces(execution, scopeKey, gateway).some(
    (index) => towardsEmpty.has(index) && !towardsWaiting.has(index),
  );
}

/** Elements from which a path leads to one of these flows without visiting the gateway. */
function upstreamOf(
  execution: Execution,
  gateway: BpmnElement,
  flows: readonly FlowIndex[],
): ReadonlySet<ElementIndex> {
  const seen = new Set<ElementIndex>();
  const open = flows.map((index) => expected(execution.definition.flows[index], `sequence flow ${index}`).source);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seen.has(index) || index === gateway.index) continue;
    seen.add(index);
    const element = execution.element(index);
    if (element.attachedTo !== undefined) open.push(element.attachedTo);
    if (element.event?.kind === 'link') open.push(...throwersTo(execution, index));
    for (const flow of element.incoming) open.push(execution.definition.flows[flow]?.source ?? gateway.index);
  }
  return seen;
}

function throwersTo({ definition }: Execution, target: ElementIndex): readonly ElementIndex[] {
  return definition.elements.filter(({ linkTarget }) => linkTarget === target).map(({ index }) => index);
}

function tokenPlaces(execution: Execution, scopeKey: Key, gateway: BpmnElement): readonly ElementIndex[] {
  const live = execution.childrenOf(scopeKey).map(({ elementId }) => elementId);
  const waiting = Object.keys(execution.instance(scopeKey).tokens ?? {}).filter((id) => id !== gateway.id);
  return [...live, ...waiting].map((id) => execution.elementById(id).index);
}
