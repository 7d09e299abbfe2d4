import type { BpmnElement, ElementIndex, FlowIndex } from '#bpmn';
import { expected } from '../lifecycle.js';
import type { Key } from '../state.js';
import { resetComplexGateway } from './complex-reset.js';
import type { Execution } from './execution.js';
import { activate } from './activation.js';
import { isBeingEmptied } from './termination.js';

/**
 * Lets the gateways go on for which no other token can arrive: inclusive ones join, complex ones are reset. At least one
 * token waits (or was taken) and no other token of the scope can still reach an incoming flow that is empty, unless it
 * can also reach one that is not. Call it when nothing else moves. Source: BPMN 2.0.2, 13.4.3 and 13.4.5. Returns whether
 * one went on.
 */
export function activateJoins(execution: Execution): boolean {
  for (const scopeKey of execution.takeTouchedScopes()) {
    const scope = execution.state.elements.get(scopeKey);
    const ready = readyJoin(execution, scopeKey);
    if (!scope || !ready) continue;
    if (ready.type === 'inclusiveGateway') activate(execution, ready, scopeKey);
    else resetComplexGateway(execution, ready, scopeKey);
    execution.touch(scopeKey);
    return true;
  }
  return false;
}

function readyJoin(execution: Execution, scopeKey: Key): BpmnElement | undefined {
  const scope = execution.state.elements.get(scopeKey);
  if (scope?.state !== 'activated' || isBeingEmptied(scope)) return undefined;
  const joining = Object.keys(scope.tokens ?? {})
    .map((id) => execution.elementById(id))
    .filter(({ type }) => type === 'inclusiveGateway');
  const resetting = Object.keys(scope.resets ?? {}).map((id) => execution.elementById(id));
  return [...joining, ...resetting].find((gateway) => !isStillExpected(execution, gateway, scopeKey));
}

function isStillExpected(execution: Execution, gateway: BpmnElement, scopeKey: Key): boolean {
  const { flows } = execution.definition;
  const { tokens, resets } = execution.instance(scopeKey);
  const waiting = tokens?.[gateway.id] ?? {};
  const taken = gateway.type === 'complexGateway' ? (resets?.[gateway.id] ?? []) : [];
  const isEmpty = (index: FlowIndex) => !waiting[flows[index]?.id ?? ''] && !taken.includes(flows[index]?.id ?? '');
  const empty = gateway.incoming.filter(isEmpty);
  if (empty.length === 0) return false;
  const towardsEmpty = upstreamOf(execution, gateway, empty, true);
  const others = gateway.incoming.filter((index) => !isEmpty(index));
  // By sequence flows alone: a boundary event that may never happen must not let the join go on without its activity.
  const towardsOthers = upstreamOf(execution, gateway, others, false);
  return tokenPlaces(execution, scopeKey, gateway).some(
    (index) => towardsEmpty.has(index) && !towardsOthers.has(index),
  );
}

/** Elements from which a path leads to one of these flows without visiting the gateway; by boundary events too where asked for. */
function upstreamOf(
  execution: Execution,
  gateway: BpmnElement,
  flows: readonly FlowIndex[],
  byBoundaryEvents: boolean,
): ReadonlySet<ElementIndex> {
  const seen = new Set<ElementIndex>();
  const open = flows.map((index) => expected(execution.definition.flows[index], `sequence flow ${index}`).source);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seen.has(index) || index === gateway.index) continue;
    seen.add(index);
    const element = execution.element(index);
    if (byBoundaryEvents && element.attachedTo !== undefined) open.push(element.attachedTo);
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
