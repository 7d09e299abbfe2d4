import { assertLegal, expected } from '../lifecycle.js';
import type { ElementInstance, Key } from '../state.js';
import { remove, writable, type Draft } from './draft.js';
import type { Appliers, EventOf } from './index.js';

export const elementAppliers: Pick<
  Appliers,
  'elementActivating' | 'elementTransitioned' | 'sequenceFlowTaken' | 'variablesSet' | 'decisionEvaluated'
> = {
  elementActivating(draft, event) {
    const { elementInstanceKey: key, elementId, elementType, flowScopeKey, loopCounter } = event;
    writable(draft, 'elements')[key] = {
      key,
      elementId,
      elementType,
      state: 'activating',
      ...(flowScopeKey !== undefined && { flowScopeKey }),
      ...(loopCounter !== undefined && { loopCounter }),
    };
    if (flowScopeKey === undefined) return;
    countChild(draft, flowScopeKey, 1, loopCounter !== undefined);
    if (event.dropsTokens) dropTokens(draft, flowScopeKey);
    takeTokens(draft, `${flowScopeKey}/${elementId}`);
  },
  elementTransitioned(draft, event) {
    const instance = instanceOf(draft, event.elementInstanceKey);
    assertLegal(event.elementId, instance.state, event.to);
    if (event.to === 'completed' || event.to === 'terminated') return end(draft, instance, event);
    if (event.to === 'completing') remove(draft, 'calls', instance.key);
    writable(draft, 'elements')[instance.key] = {
      ...instance,
      state: event.to,
      ...(event.items && { multiInstance: { items: event.items, next: 0, completed: 0, outputs: [] } }),
    };
  },
  sequenceFlowTaken(draft, { flowScopeKey, flowId, joinElementId }) {
    if (joinElementId === undefined) return;
    const joins = writable(draft, 'joins');
    const place = `${flowScopeKey}/${joinElementId}`;
    const waiting = joins[place];
    joins[place] = { ...waiting, [flowId]: (waiting?.[flowId] ?? 0) + 1 };
  },
  variablesSet(draft, { scopeKey, variables }) {
    const all = writable(draft, 'variables');
    all[scopeKey] = { ...all[scopeKey], ...variables };
  },
  decisionEvaluated() {},
};

function instanceOf(draft: Draft, key: Key): ElementInstance {
  return expected(draft.state.elements[key], `element instance ${key}`);
}

function countChild(draft: Draft, scopeKey: Key, by: 1 | -1, isInner: boolean): void {
  const scope = instanceOf(draft, scopeKey);
  const { multiInstance } = scope;
  writable(draft, 'elements')[scopeKey] = {
    ...scope,
    activeChildren: (scope.activeChildren ?? 0) + by,
    ...(isInner && by === 1 && multiInstance && { multiInstance: { ...multiInstance, next: multiInstance.next + 1 } }),
  };
}

/** Nothing of an ended element instance stays in the state. */
function end(draft: Draft, instance: ElementInstance, event: EventOf<'elementTransitioned'>): void {
  const { key, flowScopeKey, loopCounter } = instance;
  delete writable(draft, 'elements')[key];
  remove(draft, 'variables', key);
  remove(draft, 'calls', key);
  dropTokens(draft, key);
  if (flowScopeKey === undefined) return;
  countChild(draft, flowScopeKey, -1, false);
  if (loopCounter !== undefined && event.to === 'completed')
    collectOutput(draft, flowScopeKey, loopCounter, event.output);
}

function collectOutput(draft: Draft, bodyKey: Key, loopCounter: number, output: unknown): void {
  const body = instanceOf(draft, bodyKey);
  const multiInstance = expected(body.multiInstance, `multi-instance body ${bodyKey}`);
  const outputs = [...multiInstance.outputs];
  while (outputs.length < loopCounter) outputs.push(null);
  outputs[loopCounter - 1] = output ?? null;
  writable(draft, 'elements')[bodyKey] = {
    ...body,
    multiInstance: { ...multiInstance, outputs, completed: multiInstance.completed + 1 },
  };
}

/** Activating a joining gateway takes one token of each flow that has one. */
function takeTokens(draft: Draft, place: string): void {
  const waiting = draft.state.joins[place];
  if (!waiting) return;
  const left = Object.entries(waiting).flatMap(([flowId, count]) => (count > 1 ? [[flowId, count - 1] as const] : []));
  if (left.length === 0) remove(draft, 'joins', place);
  else writable(draft, 'joins')[place] = Object.fromEntries(left);
}

function dropTokens(draft: Draft, scopeKey: Key): void {
  for (const place of Object.keys(draft.state.joins)) {
    if (place.startsWith(`${scopeKey}/`)) remove(draft, 'joins', place);
  }
}
