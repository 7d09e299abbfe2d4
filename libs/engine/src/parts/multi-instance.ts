import type { MultiInstance, SingleEventDefinition } from '#bpmn';
import { expected } from '../lifecycle.js';
import type { ElementInstance, Key, Variables } from '../state.js';
import type { ElementScope } from './element-scope.js';
import { collectedOutputs } from './collected-outputs.js';
import { throwFromBody } from './implicit-throws.js';
import type { Execution } from './execution.js';
import { evaluate, evaluateBoolean, evaluateInteger, evaluateList, mismatch } from './expressions.js';
import { success, type Result } from './result.js';
import { haveEnded, terminate, terminateChildren } from './termination.js';
import { activateInner, beginCompleting } from './activation.js';
import { OverlayScope, propagate, setLocal } from './variables.js';

/** Instances that one body may start by number; more is taken for a mistake. */
const maxCardinality = 100_000;

/** Reads the input collection once and starts all inner instances, or the first. Source: Camunda 8, "Multi-instance". */
export function activateBody(loop: MultiInstance, scope: ElementScope): void {
  const items = itemsOf(loop, scope);
  if (!items.ok) return scope.incident(items.problem);
  if (!loop.isSequential && wouldCrowd(loop, scope, items.value.length)) return tooMany(scope, items.value.length);
  if (!scope.wait(items.value)) return;
  if (items.value.length === 0) return scope.startCompleting();
  const count = loop.isSequential ? 1 : items.value.length;
  for (let loopCounter = 1; loopCounter <= count; loopCounter += 1)
    startInner(loop, scope.execution, scope.instance, loopCounter);
}

/**
 * Whether there would be too many elements: with these instances, or, where each of the bodies beside it is sure to have as
 * many, with all of them, which is known before any is made.
 */
function wouldCrowd(loop: MultiInstance, scope: ElementScope, count: number): boolean {
  const { state, maxElements } = scope.execution;
  if (state.elements.size + count > maxElements) return true;
  const isSameForAll = (loop.inputCollection ?? loop.loopCardinality)?.reads.length === 0;
  return isSameForAll && count * bodiesBeside(scope) > maxElements;
}

/** How many times the activity itself is active: the instances of all parallel bodies around it, multiplied. */
function bodiesBeside({ execution, flowScopeKey }: ElementScope): number {
  const { elements, children } = execution.state;
  let product = 1;
  for (let outer = elements.get(flowScopeKey); outer;) {
    const isParallelBody = outer.multiInstance && execution.elementOf(outer).multiInstance?.isSequential === false;
    if (isParallelBody) product *= Math.max(1, children.get(outer.key)?.size ?? 1);
    outer = outer.flowScopeKey === undefined ? undefined : elements.get(outer.flowScopeKey);
  }
  return product;
}

/** Told before the first is made; those beside it would say the same, so the step stops at this one. */
function tooMany(scope: ElementScope, count: number): void {
  const { execution, element } = scope;
  scope.incident({
    errorType: 'EXECUTION_LIMIT_EXCEEDED',
    message: `Expected at most ${execution.maxElements} elements to be active at once but with the ${count} instances of "${element.id}", and with as many where it runs more than once at a time, there would be more. Give it fewer items or make it sequential.`,
  });
  execution.isStopped = true;
}

/** The collection, or the numbers up to the cardinality. */
function itemsOf(loop: MultiInstance, { execution, variables, element }: ElementScope): Result<readonly unknown[]> {
  if (loop.inputCollection) return evaluateList(execution, variables, loop.inputCollection);
  const cardinality = expected(loop.loopCardinality, `loop cardinality of ${element.id}`);
  const count = evaluateInteger(execution, variables, cardinality);
  if (!count.ok) return count;
  if (count.value < 0 || count.value > maxCardinality)
    return mismatch('EXTRACT_VALUE_ERROR', cardinality, `a number from 0 to ${maxCardinality}`, count.value);
  return success(Array.from({ length: count.value }, (_, index) => index + 1));
}

function startInner(loop: MultiInstance, execution: Execution, body: ElementInstance, loopCounter: number): void {
  const key = activateInner(execution, execution.elementOf(body), body.key, loopCounter);
  const item = body.multiInstance?.items[loopCounter - 1] ?? null;
  const output = outputVariable(loop);
  setLocal(execution, key, {
    ...(output !== undefined && { [output]: null }),
    ...(loop.inputElement !== undefined && { [loop.inputElement]: item }),
    loopCounter,
  });
}

/** Where the output element is a variable or a property of one, that variable is local to each instance. */
function outputVariable({ outputElement }: MultiInstance): string | undefined {
  const path = outputElement?.source.replace(/^\s*=/, '').trim();
  return path !== undefined && /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(path) ? path.split('.')[0] : undefined;
}

/** Ends an inner instance: collects its output, then the body goes on, waits or completes. */
export function completeInner(loop: MultiInstance, scope: ElementScope): void {
  const { execution, flowScopeKey } = scope;
  const output: Result<unknown> = loop.outputElement
    ? evaluate(execution, scope.variables, loop.outputElement)
    : success(undefined);
  if (!output.ok) return scope.incident(output.problem);
  const isDone = evaluateCompletion(loop, scope, output.value);
  if (!isDone.ok) return scope.incident(isDone.problem);
  const thrown = throwsOf(loop, scope);
  if (!thrown.ok) return scope.incident(thrown.problem);
  scope.endInner(loop.outputElement ? { output: output.value ?? null } : {});
  for (const event of thrown.value) throwFromBody(event, execution, execution.instance(flowScopeKey));
  const body = execution.state.elements.get(flowScopeKey);
  if (body?.state === 'activated') continueBody(loop, execution, body, isDone.value);
}

/** What an inner instance that completes throws. Source: BPMN 2.0.2, table 10.30, `behavior`. */
function throwsOf({ behavior }: MultiInstance, scope: ElementScope): Result<readonly SingleEventDefinition[]> {
  const { completed } = progressOf(scope.execution.instance(scope.flowScopeKey));
  if (!behavior || (behavior.kind === 'one' && completed > 0)) return success([]);
  const thrown: SingleEventDefinition[] = [];
  for (const { condition, event } of behavior.throws) {
    const holds = condition ? evaluateBoolean(scope.execution, scope.variables, condition) : success(true);
    if (!holds.ok) return holds;
    if (holds.value) thrown.push(event);
  }
  return success(thrown);
}

function continueBody(loop: MultiInstance, execution: Execution, body: ElementInstance, isDone: boolean): void {
  const { items, next } = progressOf(body);
  if (isDone && !haveEnded(execution, terminateChildren(execution, body.key), body.key, { kind: 'complete' })) return;
  const isLast = next === items.length && !execution.state.children.has(body.key);
  if (isDone || isLast) return beginCompleting(execution, execution.instance(body.key));
  if (loop.isSequential && next < items.length) startInner(loop, execution, body, next + 1);
}

/** One instance was cancelled; where all were, the activity ends without completing. */
export function continueAfterCancel(loop: MultiInstance, execution: Execution, bodyKey: Key): void {
  const body = execution.instance(bodyKey);
  const { items, next, completed } = progressOf(body);
  const isLast = next === items.length && !execution.state.children.has(bodyKey);
  if (isLast && completed === 0) return void terminate(execution, [bodyKey]);
  continueBody(loop, execution, body, false);
}

/** The condition sees the counts and, with what this instance gives, the outputs so far. Source: Camunda 8, "Completion condition". */
function evaluateCompletion(
  { completionCondition, outputCollection }: MultiInstance,
  scope: ElementScope,
  output: unknown,
): Result<boolean> {
  if (!completionCondition) return success(false);
  const body = scope.execution.instance(scope.flowScopeKey);
  const { items, next, completed } = progressOf(body);
  const active = (scope.execution.state.children.get(body.key)?.size ?? 1) - 1;
  const counts: Variables = {
    numberOfInstances: items.length,
    numberOfActiveInstances: active,
    numberOfCompletedInstances: completed + 1,
    numberOfTerminatedInstances: next - completed - 1 - active,
  };
  const seen = new OverlayScope(counts, scope.variables);
  if (outputCollection === undefined) return evaluateBoolean(scope.execution, seen, completionCondition);
  // Made only where the condition reads it: a list for each of many instances would cost their square.
  const outputs = {
    get [outputCollection]() {
      return collectedOutputs(body).with((scope.instance.loopCounter ?? 1) - 1, output ?? null);
    },
  };
  return evaluateBoolean(scope.execution, new OverlayScope(outputs, seen), completionCondition);
}

/** The collected outputs leave the body like an output mapping. */
export function propagateOutputs(loop: MultiInstance, { execution, instance, flowScopeKey }: ElementScope): void {
  if (loop.outputCollection === undefined) return;
  propagate(execution, flowScopeKey, { [loop.outputCollection]: collectedOutputs(instance) });
}

function progressOf(body: ElementInstance) {
  return expected(body.multiInstance, `progress of multi-instance ${body.elementId}`);
}
