import { assertLegal, expected } from '../lifecycle.js';
import type { ElementInstance, Key } from '../state.js';
import { Table } from '../table.js';
import { endHandler, keepRecord, returnPending, takeRecord } from './compensation.js';
import { change, instanceOf, put, putInstance, remove, type Draft } from './draft.js';
import { copyOf } from './element-instance.js';
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
  | 'terminationAwaited'
  | 'terminationEnded'
  | 'adHocElementsChosen'
  | 'adHocEnding'
> = {
  elementActivating(draft, event) {
    const { elementInstanceKey: key, elementId, flowScopeKey, loopCounter } = event;
    putInstance(draft, madeBy(draft, event));
    if (flowScopeKey === undefined) return;
    addChild(draft, flowScopeKey, key);
    if (loopCounter !== undefined) countStarted(draft, flowScopeKey);
    if (event.isChosen) dropChosen(draft, flowScopeKey);
    if (event.dropsTokens) change(draft, instanceOf(draft, flowScopeKey), { tokens: undefined, resets: undefined });
    takeTokens(draft, flowScopeKey, elementId, event.takes);
    if (event.elementType === 'complexGateway')
      setReset(draft, flowScopeKey, elementId, Object.keys(event.takes ?? {}));
  },
  elementTransitioned: (draft, event) => applyTransition(draft, instanceOf(draft, event.elementInstanceKey), event),
  sequenceFlowTaken(draft, { flowScopeKey, flowId, joinElementId }) {
    if (joinElementId === undefined) return;
    const scope = instanceOf(draft, flowScopeKey);
    const waiting = scope.tokens?.[joinElementId];
    const counts = { ...waiting, [flowId]: (waiting?.[flowId] ?? 0) + 1 };
    change(draft, scope, { tokens: { ...scope.tokens, [joinElementId]: counts } });
  },
  variablesSet(draft, { scopeKey, variables }) {
    const before = draft.state.variables.get(scopeKey);
    put(draft, 'variables', [scopeKey, before ? { ...before, ...variables } : variables]);
  },
  decisionEvaluated() {},
  complexGatewayReset(draft, { flowScopeKey, elementId, takes }) {
    takeTokens(draft, flowScopeKey, elementId, takes);
    setReset(draft, flowScopeKey, elementId, undefined);
  },
  eventOccurred(draft, { elementInstanceKey, elementId, eventIndex }) {
    const instance = instanceOf(draft, elementInstanceKey);
    const happened = { ...instance.happened, [elementId]: [...(instance.happened?.[elementId] ?? []), eventIndex] };
    change(draft, instance, { happened });
  },
  parallelMultipleOccurred(draft, { elementInstanceKey, elementId }) {
    const instance = instanceOf(draft, elementInstanceKey);
    change(draft, instance, { happened: without(instance.happened, elementId) });
  },
  /** What was to go on after a part of it has no place any more. */
  terminationAwaited(draft, { elementInstanceKey, roots, next }) {
    const instance = instanceOf(draft, elementInstanceKey);
    const others = (instance.awaited ?? []).filter(({ roots: of }) => !of.every((key) => roots.includes(key)));
    change(draft, instance, { awaited: [...others, { roots, next }] });
  },
  terminationEnded(draft, { elementInstanceKey, roots }) {
    const instance = instanceOf(draft, elementInstanceKey);
    const others = (instance.awaited ?? []).filter(({ roots: of }) => String(of) !== String(roots));
    change(draft, instance, { awaited: others.length === 0 ? undefined : others });
  },
  adHocElementsChosen(draft, { elementInstanceKey, elements }) {
    const instance = instanceOf(draft, elementInstanceKey);
    const chosen = [...(instance.adHoc?.chosen ?? []), ...elements];
    change(draft, instance, { adHoc: { ...instance.adHoc, chosen } });
  },
  adHocEnding(draft, { elementInstanceKey }) {
    change(draft, instanceOf(draft, elementInstanceKey), { adHoc: { chosen: [], isEnding: true } });
  },
};

function madeBy(draft: Draft, event: EventOf<'elementActivating'>): ElementInstance {
  const { elementInstanceKey: key, elementId, elementType, flowScopeKey, loopCounter, compensates } = event;
  const made = copyOf({ key, elementId, elementType, state: 'activating', flowScopeKey, loopCounter });
  return compensates ? Object.assign(made, takeRecord(draft, key, elementId, compensates)) : made;
}

/** What `elementTransitioned` does, for who has the instance at hand. */
export function applyTransition(draft: Draft, instance: ElementInstance, event: EventOf<'elementTransitioned'>): void {
  const { to, items } = event;
  assertLegal(event.elementId, instance.state, to);
  if (to === 'completed' || to === 'terminated') return end(draft, instance, event);
  if (to === 'completing' && draft.state.calls.size > 0) remove(draft, 'calls', instance.key);
  const next = copyOf(instance);
  next.state = to;
  next.listenersDone = undefined;
  if (to === 'terminating') next.awaited = undefined;
  if (items) next.multiInstance = { items, next: 0, completed: 0, outputs: Table.empty<unknown>() };
  putInstance(draft, next);
}

/** A record without one of its entries; undefined where none is left. */
function without<T>(record: Readonly<Record<string, T>> = {}, name: string): Readonly<Record<string, T>> | undefined {
  const { [name]: _gone, ...others } = record;
  return Object.keys(others).length === 0 ? undefined : others;
}

function addChild(draft: Draft, scopeKey: Key, key: Key): void {
  const { state, owner } = draft;
  const before = state.children.get(scopeKey);
  const siblings = (before ?? takeSpare(draft) ?? Table.empty<true>()).with(owner, key, true);
  if (siblings !== before) state.children = state.children.with(owner, scopeKey, siblings);
}

function takeSpare(draft: Draft): Table<true> | undefined {
  const spare = draft.spareChildren;
  draft.spareChildren = undefined;
  return spare;
}

function removeChild(draft: Draft, scopeKey: Key, key: Key): void {
  const { state, owner } = draft;
  const before = state.children.get(scopeKey);
  const left = before?.without(owner, key);
  if (!left || left.size === 0) state.children = state.children.without(owner, scopeKey);
  else if (left !== before) state.children = state.children.with(owner, scopeKey, left);
  if (left?.size === 0) draft.spareChildren = left;
}

function countStarted(draft: Draft, bodyKey: Key): void {
  const body = copyOf(instanceOf(draft, bodyKey));
  const { items, next, completed, outputs } = expected(body.multiInstance, 'progress of a loop body');
  body.multiInstance = { items, next: next + 1, completed, outputs };
  putInstance(draft, body);
}

/** Nothing of an ended element instance stays in the state. */
function end(draft: Draft, ending: ElementInstance, event: EventOf<'elementTransitioned'>): void {
  const { key, flowScopeKey, loopCounter } = ending;
  if (event.returnsPending) returnPending(draft, ending);
  const instance = event.returnsPending ? instanceOf(draft, key) : ending;
  const { state, owner } = draft;
  const variables = state.variables.get(key);
  state.elements = state.elements.without(owner, key);
  state.variables = state.variables.without(owner, key);
  state.calls = state.calls.without(owner, key);
  state.children = state.children.without(owner, key);
  if (flowScopeKey === undefined) return;
  removeChild(draft, flowScopeKey, key);
  if (event.isCompensable) keepRecord(draft, instance, variables, event.to === 'terminated');
  if (instance.compensates !== undefined) endHandler(draft, instance.compensates);
  if (loopCounter !== undefined && event.to === 'completed')
    collectOutput(draft, flowScopeKey, loopCounter, event.output);
}

function collectOutput(draft: Draft, bodyKey: Key, loopCounter: number, output: unknown): void {
  const body = copyOf(instanceOf(draft, bodyKey));
  const { items, next, completed, outputs } = expected(body.multiInstance, 'progress of a loop body');
  const collected = output === undefined ? outputs : outputs.with(draft.owner, String(loopCounter), output);
  body.multiInstance = { items, next, completed: completed + 1, outputs: collected };
  putInstance(draft, body);
}

/** Activating a joining gateway takes one token of each flow that has one, unless the event says which. */
export function takeTokens(
  draft: Draft,
  scopeKey: Key,
  elementId: string,
  takes?: Readonly<Record<string, number>>,
): void {
  const scope = instanceOf(draft, scopeKey);
  const waiting = scope.tokens?.[elementId];
  if (!waiting) return;
  const left = Object.entries(waiting).flatMap(([flowId, count]) => {
    const rest = count - (takes ? (takes[flowId] ?? 0) : 1);
    return rest > 0 ? [[flowId, rest] as const] : [];
  });
  const tokens =
    left.length === 0 ? without(scope.tokens, elementId) : { ...scope.tokens, [elementId]: Object.fromEntries(left) };
  change(draft, scope, { tokens });
}

/** Remembers the flows that a complex gateway has taken from, until it is reset. */
function setReset(draft: Draft, scopeKey: Key, elementId: string, flows: readonly string[] | undefined): void {
  const scope = instanceOf(draft, scopeKey);
  const others = without(scope.resets, elementId);
  change(draft, scope, { resets: flows ? { ...others, [elementId]: flows } : others });
}

function dropChosen(draft: Draft, scopeKey: Key): void {
  const scope = instanceOf(draft, scopeKey);
  const chosen = scope.adHoc?.chosen.slice(1) ?? [];
  change(draft, scope, { adHoc: { ...scope.adHoc, chosen } });
}
