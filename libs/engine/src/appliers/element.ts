import { assertLegal, expected } from '../lifecycle.js';
import type { ElementInstance, Key } from '../state.js';
import { Table } from '../table.js';
import { endHandler, keepRecord, takeRecord } from './compensation.js';
import { instanceOf, put, remove, type Draft } from './draft.js';
import type { Appliers, EventOf } from './index.js';

export const elementAppliers: Pick<
  Appliers,
  | 'elementActivating'
  | 'elementTransitioned'
  | 'sequenceFlowTaken'
  | 'variablesSet'
  | 'decisionEvaluated'
  | 'complexGatewayReset'
  | 'eventOccurred'
  | 'parallelMultipleOccurred'
  | 'adHocElementsChosen'
  | 'adHocEnding'
> = {
  elementActivating(draft, event) {
    const { elementInstanceKey: key, elementId, elementType, flowScopeKey, loopCounter, compensates } = event;
    const instance: ElementInstance = {
      key,
      elementId,
      elementType,
      state: 'activating',
      ...(flowScopeKey !== undefined && { flowScopeKey }),
      ...(loopCounter !== undefined && { loopCounter }),
      ...(compensates && takeRecord(draft, key, elementId, compensates)),
    };
    put(draft, 'elements', [key, instance]);
    if (flowScopeKey === undefined) return;
    addChild(draft, flowScopeKey, key);
    if (loopCounter !== undefined) countStarted(draft, flowScopeKey);
    if (event.isChosen) dropChosen(draft, flowScopeKey);
    if (event.dropsTokens) dropTokens(draft, flowScopeKey);
    takeTokens(draft, flowScopeKey, elementId, event.takes);
    if (elementType === 'complexGateway') setReset(draft, flowScopeKey, elementId, Object.keys(event.takes ?? {}));
  },
  elementTransitioned(draft, event) {
    const instance = instanceOf(draft, event.elementInstanceKey);
    assertLegal(event.elementId, instance.state, event.to);
    if (event.to === 'completed' || event.to === 'terminated') return end(draft, instance, event);
    if (event.to === 'completing') remove(draft, 'calls', instance.key);
    const { items } = event;
    const progress = items && { multiInstance: { items, next: 0, completed: 0, outputs: Table.empty<unknown>() } };
    const { listenersDone: _before, ...rest } = instance;
    put(draft, 'elements', [instance.key, { ...rest, state: event.to, ...progress }]);
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
  complexGatewayReset(draft, { flowScopeKey, elementId, takes }) {
    takeTokens(draft, flowScopeKey, elementId, takes);
    setReset(draft, flowScopeKey, elementId, undefined);
  },
  eventOccurred(draft, { elementInstanceKey, elementId, eventIndex }) {
    const instance = instanceOf(draft, elementInstanceKey);
    const happened = { ...instance.happened, [elementId]: [...(instance.happened?.[elementId] ?? []), eventIndex] };
    put(draft, 'elements', [instance.key, { ...instance, happened }]);
  },
  parallelMultipleOccurred(draft, { elementInstanceKey, elementId }) {
    const { happened = {}, ...instance } = instanceOf(draft, elementInstanceKey);
    const { [elementId]: _all, ...others } = happened;
    put(draft, 'elements', [
      instance.key,
      Object.keys(others).length === 0 ? instance : { ...instance, happened: others },
    ]);
  },
  adHocElementsChosen(draft, { elementInstanceKey, elements }) {
    const instance = instanceOf(draft, elementInstanceKey);
    const chosen = [...(instance.adHoc?.chosen ?? []), ...elements];
    put(draft, 'elements', [instance.key, { ...instance, adHoc: { ...instance.adHoc, chosen } }]);
  },
  adHocEnding(draft, { elementInstanceKey }) {
    const instance = instanceOf(draft, elementInstanceKey);
    put(draft, 'elements', [instance.key, { ...instance, adHoc: { chosen: [], isEnding: true } }]);
  },
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
  const variables = draft.state.variables.get(key);
  remove(draft, 'elements', key);
  remove(draft, 'variables', key);
  remove(draft, 'calls', key);
  remove(draft, 'children', key);
  if (flowScopeKey === undefined) return;
  removeChild(draft, flowScopeKey, key);
  if (event.isCompensable) keepRecord(draft, instance, variables);
  if (instance.compensates !== undefined) endHandler(draft, instance.compensates);
  if (loopCounter !== undefined && event.to === 'completed')
    collectOutput(draft, flowScopeKey, loopCounter, event.output);
}

function collectOutput(draft: Draft, bodyKey: Key, loopCounter: number, output: unknown): void {
  const body = instanceOf(draft, bodyKey);
  const multiInstance = expected(body.multiInstance, `multi-instance body ${bodyKey}`);
  const outputs =
    output === undefined ? multiInstance.outputs : multiInstance.outputs.with(draft.owner, String(loopCounter), output);
  const completed = multiInstance.completed + 1;
  put(draft, 'elements', [bodyKey, { ...body, multiInstance: { ...multiInstance, outputs, completed } }]);
}

/** Activating a joining gateway takes one token of each flow that has one, unless the event says which. */
function takeTokens(draft: Draft, scopeKey: Key, elementId: string, takes?: Readonly<Record<string, number>>): void {
  const { tokens } = instanceOf(draft, scopeKey);
  const waiting = tokens?.[elementId];
  if (!waiting) return;
  const left = Object.entries(waiting).flatMap(([flowId, count]) => {
    const rest = count - (takes ? (takes[flowId] ?? 0) : 1);
    return rest > 0 ? [[flowId, rest] as const] : [];
  });
  const { [elementId]: _taken, ...others } = tokens;
  setTokens(draft, scopeKey, left.length === 0 ? others : { ...tokens, [elementId]: Object.fromEntries(left) });
}

function setTokens(draft: Draft, scopeKey: Key, next: NonNullable<ElementInstance['tokens']>): void {
  const { tokens: _before, ...scope } = instanceOf(draft, scopeKey);
  put(draft, 'elements', [scopeKey, Object.keys(next).length === 0 ? scope : { ...scope, tokens: next }]);
}

/** What waits before joins is gone, and complex gateways wait for start again. */
function dropTokens(draft: Draft, scopeKey: Key): void {
  const { tokens: _tokens, resets: _resets, ...scope } = instanceOf(draft, scopeKey);
  put(draft, 'elements', [scopeKey, scope]);
}

/** Remembers the flows that a complex gateway has taken from, until it is reset. */
function setReset(draft: Draft, scopeKey: Key, elementId: string, flows: readonly string[] | undefined): void {
  const { resets = {}, ...scope } = instanceOf(draft, scopeKey);
  const { [elementId]: _before, ...others } = resets;
  const next = flows ? { ...others, [elementId]: flows } : others;
  put(draft, 'elements', [scopeKey, Object.keys(next).length === 0 ? scope : { ...scope, resets: next }]);
}

function dropChosen(draft: Draft, scopeKey: Key): void {
  const scope = instanceOf(draft, scopeKey);
  const chosen = scope.adHoc?.chosen.slice(1) ?? [];
  put(draft, 'elements', [scopeKey, { ...scope, adHoc: { ...scope.adHoc, chosen } }]);
}
