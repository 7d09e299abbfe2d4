import type { BpmnElement, BpmnElementType } from '#bpmn';
import type { ElementInstance, Key } from '../state.js';
import type { Execution } from './execution.js';
import { isLoopBody } from './loop-body.js';
import { rejected, type Outcome } from './outcome.js';

type Refused = Extract<Outcome, { readonly ok: false }>;

/** Where an element begins out of turn. */
export interface ActivationPlace {
  readonly ok: true;
  /** The innermost scope that is there. */
  readonly scopeKey: Key;
  /** Scopes to be made below it, outer ones first. */
  readonly missing: readonly BpmnElement[];
  /** Scopes that are there, by element id. */
  readonly scopes: ReadonlyMap<string, Key>;
}

interface PlaceRequest {
  readonly ancestorKey: Key | undefined;
  /** Element instances that end in the same modification. */
  readonly ended: ReadonlySet<Key>;
}

const refuse = (code: 'invalidArgument' | 'invalidState', message: string) => rejected(code, message) as Refused;

/** The scopes around an element, the process first. */
export function scopesAround(execution: Execution, element: BpmnElement): readonly BpmnElement[] {
  const scopes: BpmnElement[] = [];
  for (let at = element.flowScope; at >= 0; at = execution.element(at).flowScope) scopes.unshift(execution.element(at));
  return scopes;
}

/** Whether an element instance lives in another one, however deep. */
export function isBelow({ state }: Execution, key: Key, other: Key): boolean {
  for (let at = state.elements.get(key)?.flowScopeKey; at !== undefined; at = state.elements.get(at)?.flowScopeKey)
    if (at === other) return true;
  return false;
}

/** Finds the one place where an element can begin, or says why there is none or more than one. */
export function findActivationPlace(
  execution: Execution,
  element: BpmnElement,
  request: PlaceRequest,
): ActivationPlace | Refused {
  const refusal = refusalOfElement(execution, element);
  if (refusal) return refusal;
  const found =
    request.ancestorKey === undefined
      ? fromProcess(execution, element, request)
      : fromAncestor(execution, element, request);
  if (!found.ok) return found;
  return refusalOfScope(execution, found, element) ?? found;
}

const neverBegun: Partial<Record<BpmnElementType, string>> = {
  process: 'a process is started, not activated',
  startEvent: 'it is a start event; activate what follows it',
  boundaryEvent: 'it is a boundary event, which begins with its activity',
};

function refusalOfElement(
  execution: Execution,
  { id, type, incoming, isForCompensation }: BpmnElement,
): Refused | undefined {
  const { flows } = execution.definition;
  const sources = incoming.map((flow) => execution.element(flows[flow]?.source ?? 0).type);
  const isAfterGateway = sources.includes('eventBasedGateway');
  const reason =
    neverBegun[type] ??
    (isForCompensation ? 'it compensates and runs only after what it compensates' : undefined) ??
    (isAfterGateway ? 'it belongs to an event-based gateway; activate the gateway' : undefined);
  return reason === undefined
    ? undefined
    : refuse('invalidArgument', `Expected an element that can begin on its own but "${id}" cannot: ${reason}.`);
}

/** Goes inwards through the scopes that run; those that do not are made. */
function fromProcess(execution: Execution, element: BpmnElement, { ended }: PlaceRequest): ActivationPlace | Refused {
  const [process, ...around] = scopesAround(execution, element);
  const scopes = new Map<string, Key>([[process?.id ?? '', execution.state.processInstanceKey]]);
  let scopeKey = execution.state.processInstanceKey;
  for (const [index, scope] of around.entries()) {
    const running = instancesIn(execution, scopeKey, scope).filter(({ key }) => !ended.has(key));
    if (running.length > 1)
      return refuse(
        'invalidArgument',
        `Expected one active instance of "${scope.id}" around "${element.id}" but found ${running.length} (${running.map(({ key }) => key).join(', ')}). Name one as ancestorElementInstanceKey.`,
      );
    const [only] = running;
    if (!only) return below(scopeKey, scopes, around.slice(index), element);
    scopeKey = only.key;
    scopes.set(scope.id, scopeKey);
  }
  return { ok: true, scopeKey, missing: [], scopes };
}

/** Below the ancestor every scope is made anew. */
function fromAncestor(execution: Execution, element: BpmnElement, request: PlaceRequest): ActivationPlace | Refused {
  const { ancestorKey = '', ended } = request;
  const ancestor = execution.state.elements.get(ancestorKey);
  const around = scopesAround(execution, element);
  const depth = around.findIndex(({ id }) => id === ancestor?.elementId);
  if (!ancestor || depth < 0 || isLoopBody(execution.elementOf(ancestor), ancestor))
    return refuse(
      'invalidArgument',
      `Expected ancestorElementInstanceKey to be an active scope around "${element.id}" (${around.map(({ id }) => id).join(', ')}) but found ${ancestor ? `"${ancestor.elementId}"` : `${ancestorKey}, which is not active`}.`,
    );
  if ([...ended].some((key) => key === ancestorKey || isBelow(execution, ancestorKey, key)))
    return refuse(
      'invalidArgument',
      `Expected the ancestor ${ancestorKey} to go on but the same modification terminates it.`,
    );
  const scopes = new Map<string, Key>();
  for (
    let at: ElementInstance | undefined = ancestor;
    at;
    at = at.flowScopeKey === undefined ? undefined : execution.instance(at.flowScopeKey)
  )
    if (!scopes.has(at.elementId)) scopes.set(at.elementId, at.key);
  return below(ancestorKey, scopes, around.slice(depth + 1), element);
}

/** One instance of a loop belongs to its body and cannot be made from outside. */
function below(
  scopeKey: Key,
  scopes: ReadonlyMap<string, Key>,
  missing: readonly BpmnElement[],
  element: BpmnElement,
): ActivationPlace | Refused {
  const loop = missing.find(({ multiInstance, standardLoop }) => multiInstance ?? standardLoop);
  if (!loop) return { ok: true, scopeKey, missing, scopes };
  return refuse(
    'invalidArgument',
    `Expected an active instance of the multi-instance "${loop.id}" around "${element.id}" but there is none to begin it in. Activate "${loop.id}" itself, or, once it runs, name one of its instances as ancestorElementInstanceKey.`,
  );
}

/** Instances of a scope that live directly in another; of a loop those inside its body. */
function instancesIn(execution: Execution, scopeKey: Key, { id }: BpmnElement): readonly ElementInstance[] {
  return execution
    .childrenOf(scopeKey)
    .filter(({ elementId }) => elementId === id)
    .flatMap((instance) =>
      isLoopBody(execution.elementOf(instance), instance) ? execution.childrenOf(instance.key) : [instance],
    );
}

/** What begins in a scope that is ending, or that an event sub-process has interrupted, would never come to an end. */
function refusalOfScope(
  execution: Execution,
  { scopeKey }: ActivationPlace,
  element: BpmnElement,
): Refused | undefined {
  const scope = execution.instance(scopeKey);
  if (scope.state !== 'activated' || scope.isCancelled || scope.isCompensating)
    return refuse(
      'invalidState',
      `Expected scope "${scope.elementId}" of "${element.id}" to be active but it is ${scope.isCompensating ? 'being compensated' : scope.isCancelled ? 'being cancelled' : scope.state}.`,
    );
  const interrupting = execution.childrenOf(scopeKey).find((child) => isInterruptingSubProcess(execution, child));
  if (!interrupting) return undefined;
  return refuse(
    'invalidState',
    `Expected scope "${scope.elementId}" of "${element.id}" to go on but its event sub-process "${interrupting.elementId}" has interrupted it. Activate an element of that one instead.`,
  );
}

/** Whether an instance is an event sub-process that has interrupted the scope it lives in. */
export function isInterruptingSubProcess(execution: Execution, instance: ElementInstance): boolean {
  if (instance.elementType !== 'eventSubProcess') return false;
  const { startEvent } = execution.elementOf(instance);
  return startEvent !== undefined && execution.element(startEvent).isInterrupting !== false;
}
