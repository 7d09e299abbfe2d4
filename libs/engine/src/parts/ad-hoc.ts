import type { BpmnElement } from '#bpmn';
import type { Command } from '../commands.js';
import { expected } from '../lifecycle.js';
import type { ChosenElement, ElementInstance, Key } from '../state.js';
import type { Execution } from './execution.js';
import { evaluate, evaluateBoolean } from './expressions.js';
import { raiseIncident } from './incidents.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { success, type Result } from './result.js';
import { haveEnded, terminateChildren } from './termination.js';
import { activate, beginCompleting } from './activation.js';
import { propagate, setLocal, VariableScope } from './variables.js';

/** The ad-hoc sub-process in which an instance lives directly. */
export function adHocScopeOf(execution: Execution, { flowScopeKey }: ElementInstance): ElementInstance | undefined {
  const scope = flowScopeKey === undefined ? undefined : execution.instance(flowScopeKey);
  const isAdHoc = scope?.elementType === 'adHocSubProcess' && !scope.isCompensating && !scope.multiInstance;
  return isAdHoc ? scope : undefined;
}

/** Begins what was chosen: all at once, or one after another. */
export function chooseElements(
  execution: Execution,
  scope: ElementInstance,
  elements: readonly ChosenElement[],
  by?: string,
): void {
  const { key, elementId } = scope;
  const isSequential = execution.elementOf(scope).adHoc?.ordering === 'sequential';
  if (!isSequential) {
    for (const chosen of elements) begin(execution, key, chosen);
    return;
  }
  if (elements.length === 0) return;
  execution.emit({
    type: 'adHocElementsChosen',
    elementInstanceKey: key,
    elementId,
    elements,
    ...(by !== undefined && { by }),
  });
  if (!execution.state.children.has(key)) beginNext(execution, execution.instance(key));
}

function begin(execution: Execution, scopeKey: Key, { elementId, variables }: ChosenElement, isNext = false): void {
  const options = isNext ? { isChosen: true as const } : {};
  const key = activate(execution, execution.elementById(elementId), scopeKey, options);
  if (variables) setLocal(execution, key, variables);
}

/** Sequential ordering: the next one that was chosen; false where there is none. */
export function beginNext(execution: Execution, { key, adHoc }: ElementInstance): boolean {
  const next = adHoc?.chosen[0];
  if (next) begin(execution, key, next, true);
  return next !== undefined;
}

/** What an inner element gives is added to the output collection before its variables are gone. */
export function collectAdHocOutput(
  scope: ElementInstance,
  inner: { readonly execution: Execution; readonly key: Key },
): Result<void> {
  const { execution, key } = inner;
  const { outputCollection, outputElement } = expected(execution.elementOf(scope).adHoc, 'ad-hoc definition');
  if (outputCollection === undefined || !outputElement) return success(undefined);
  const output = evaluate(execution, new VariableScope(execution, key), outputElement);
  if (!output.ok) return output;
  const before = execution.state.variables.get(scope.key)?.[outputCollection];
  setLocal(execution, scope.key, { [outputCollection]: [...(Array.isArray(before) ? before : []), output.value] });
  return success(undefined);
}

/**
 * Asks the completion condition after an inner element has completed. Where it holds, what still runs ends too, or is
 * waited for. Returns whether the sub-process is over. Source: BPMN 2.0.2, 13.3.5, "Ad-Hoc Sub-Process".
 */
export function endsAdHoc(execution: Execution, { key, elementId }: ElementInstance): boolean {
  const scope = execution.state.elements.get(key);
  const adHoc = expected(execution.elementById(elementId).adHoc, `ad-hoc definition of ${elementId}`);
  if (scope?.state !== 'activated' || !adHoc.completionCondition || scope.adHoc?.isEnding) return false;
  const holds = evaluateBoolean(execution, new VariableScope(execution, key), adHoc.completionCondition);
  if (!holds.ok) raiseIncident(execution, scope, holds.problem);
  if (!holds.ok || !holds.value) return false;
  execution.emit({ type: 'adHocEnding', elementInstanceKey: key, elementId });
  if (!adHoc.cancelRemainingInstances) return false;
  if (haveEnded(execution, terminateChildren(execution, key), key, { kind: 'complete' }))
    beginCompleting(execution, execution.instance(key));
  return true;
}

/**
 * Nothing runs in it any more: the next one that was chosen begins, or it is over, or it waits for another
 * choice, of a person or of its worker.
 */
export function restAdHoc(execution: Execution, scope: ElementInstance): void {
  if (beginNext(execution, scope)) return;
  const { adHoc, job } = execution.elementOf(scope);
  const isLeftToOthers = adHoc?.completionCondition !== undefined || job !== undefined;
  if (!isLeftToOthers || scope.adHoc?.isEnding) beginCompleting(execution, scope);
}

/** The collected outputs leave like an output mapping. */
export function propagateAdHocOutput(execution: Execution, { adHoc }: BpmnElement, instance: ElementInstance): void {
  const name = adHoc?.outputCollection;
  if (name === undefined || instance.flowScopeKey === undefined) return;
  propagate(execution, instance.flowScopeKey, { [name]: execution.state.variables.get(instance.key)?.[name] ?? [] });
}

/** Somebody chooses what is done next. */
export function activateAdHocElements(
  execution: Execution,
  command: Extract<Command, { readonly type: 'activateAdHocElements' }>,
): Outcome {
  const { elementInstanceKey: key, elements, cancelRemainingInstances, by } = command;
  const scope = execution.state.elements.get(key);
  if (scope?.elementType !== 'adHocSubProcess' || scope.multiInstance)
    return rejected('notFound', `Expected ad-hoc sub-process ${key} to be active but it is not.`);
  if (scope.state !== 'activated' || scope.adHoc?.isEnding || scope.awaited)
    return rejected('invalidState', `Expected ad-hoc sub-process ${key} to be active but it is ending.`);
  const refusal = refusalOfElements(execution, scope, elements);
  if (refusal) return refusal;
  if (elements.length === 0) return unfit(execution, scope, 'none');
  const resting = cancelRemainingInstances ? terminateChildren(execution, key) : [];
  const then = { kind: 'chooseElements', elements, ...(by !== undefined && { by }) } as const;
  if (!haveEnded(execution, resting, key, then)) return accepted;
  chooseElements(execution, execution.instance(key), elements, by);
  return accepted;
}

export function refusalOfElements(
  execution: Execution,
  scope: ElementInstance,
  elements: readonly ChosenElement[],
): Outcome | undefined {
  const known = new Set(startsOf(execution, scope));
  const unknown = elements.find(({ elementId }) => !known.has(elementId));
  return unknown && unfit(execution, scope, `"${unknown.elementId}"`);
}

function unfit(execution: Execution, scope: ElementInstance, found: string): Outcome {
  const known = startsOf(execution, scope).join(', ');
  return rejected(
    'invalidArgument',
    `Expected elements that ad-hoc sub-process "${scope.elementId}" can begin with (${known}) but found ${found}.`,
  );
}

function startsOf(execution: Execution, scope: ElementInstance): readonly string[] {
  return execution.elementOf(scope).implicitStarts.map((index) => execution.element(index).id);
}
