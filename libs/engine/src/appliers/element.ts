import { assertLegal, expected } from '../lifecycle.js';
import type { ElementInstance, Key } from '../state.js';
import { Table } from '../table.js';
import { instanceOf, put, remove, type Draft } from './draft.js';
import type { Appliers, EventOf } from './index.js';

export const elementAppliers: Pick<
  Appliers,
  'elementActivating' | 'elementTransitioned' | 'sequenceFlowTaken' | 'variablesSet' | 'decisionEvaluated'
> = {
  elementActivating(draft, event) {
    const { elementInstanceKey: key, elementId, elementType, flowScopeKey, loopCounter } = event;
    const instance: ElementInstance = {
      key,
      elementId,
      elementType,
      state: 'activating',
      ...(flowScopeKey !== undefined && { flowScopeKey }),
      ...(loopCounter !== undefined && { loopCounter }),
    };
    put(draft, 'elements', [key, instance]);
    if (flowScopeKey === undefined) return;
    addChild(draft, flowScopeKey, key);
    if (loopCounter !== undefined) countStarted(draft, flowScopeKey);
    if (event.dropsTokens) setTokens(draft, flowScopeKey, {});
    takeTokens(draft, flowScopeKey, elementId);
  },
  elementTransitioned(draft, event) {
    const instance = instanceOf(draft, event.elementInstanceKey);
    assertLegal(event.elementId, instance.state, event.to);
    if (event.to === 'completed' || event.to === 'terminated') return end(draft, instance, event);
    if (event.to === 'completing') remove(draft, 'calls', instance.key);
    const { items } = event;
    const progress = items && { multiInstance: { items, next: 0, completed: 0, outputs: Table.empty<unknown>() } };
    put(draft, 'elements', [instance.key, { ...instance, state: event.to, ...progress }]);
  },
  sequenceFlowTaken(draft, { flowScopeKey, flowId, joinElementId }) {
    if (joinElementId === undefined) return;
    const { tokens = {} } = instanceOf(draft, flowScopeKey);
    const waiting = tokens[joinElementId];
    setTokens(draft, flowScopeKey, {
      ...tokens,
      [joinElementId]: { ...waiting, [flowId]: (waiting?.[flowId] ?? 0) + 1 },
    });
  },
  variablesSet(draft, { scopeKey, variables }) {
    put(draft, 'variables', [scopeKey, { ...draft.state.variables.get(scopeKey), ...variables }]);
  },
  decisionEvaluated() {},
};

function addChild(draft: Draft, scopeKey: Key, key: Key): void {
  const { children } = draft.state;
  put(draft, 'children', [
    scopeKey,
    (children.get(scopeKey) ?? Table.empty<true>()).with(draft.owner, key, true as const),
  ]);
}

function removeChild(draft: Draft, scopeKey: Key, key: Key): void {
  const left = draft.state.children.get(scopeKey)?.without(draft.owner, key);
  if (left && left.size > 0) put(draft, 'children', [scopeKey, left]);
  else remove(draft, 'children', scopeKey);
}

function countStarted(draft: Draft, bodyKey: Key): void {
  const body = instanceOf(draft, bodyKey);
  const multiInstance = expected(body.multiInstance, `multi-instance body ${bodyKey}`);
  put(draft, 'elements', [bodyKey, { ...body, multiInstance: { ...multiInstance, next: multiInstance.next + 1 } }]);
}

/** Nothing of an ended element instance stays in the state. */
function end(draft: Draft, instance: ElementInstance, event: EventOf<'elementTransitioned'>): void {
  const { key, flowScopeKey, loopCounter } = instance;
  remove(draft, 'elements', key);
  remove(draft, 'variables', key);
  remove(draft, 'calls', key);
  remove(draft, 'children', key);
  if (flowScopeKey === undefined) return;
  removeChild(draft, flowScopeKey, key);
  if (loopCounter !== undefined && event.to === 'completed')
    collectOutput(draft, flowScopeKey, loopCounter, event.output);
}

function collectOutput(draft: Draft, bodyKey: Key, loopCounter: number, output: unknown): void {
  const body = instanceOf(draft, bodyKey);
  const multiInstance = expected(body.multiInstance, `multi-instance body ${bodyKey}`);
  const outputs = multiInstance.outputs.with(draft.owner, String(loopCounter), output ?? null);
  const completed = multiInstance.completed + 1;
  put(draft, 'elements', [bodyKey, { ...body, multiInstance: { ...multiInstance, outputs, completed } }]);
}

/** Activating a joining gateway takes one token of each flow that has one. */
function takeTokens(draft: Draft, scopeKey: Key, elementId: string): void {
  const { tokens } = instanceOf(draft, scopeKey);
  const waiting = tokens?.[elementId];
  if (!waiting) return;
  const left = Object.entries(waiting).flatMap(([flowId, count]) => (count > 1 ? [[flowId, count - 1] as const] : []));
  const { [elementId]: _taken, ...others } = tokens;
  setTokens(draft, scopeKey, left.length === 0 ? others : { ...tokens, [elementId]: Object.fromEntries(left) });
}

function setTokens(draft: Draft, scopeKey: Key, next: NonNullable<ElementInstance['tokens']>): void {
  const { tokens: _before, ...scope } = instanceOf(draft, scopeKey);
  put(draft, 'elements', [scopeKey, Object.keys(next).length === 0 ? scope : { ...scope, tokens: next }]);
}
