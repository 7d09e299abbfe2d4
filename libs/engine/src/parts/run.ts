import type { BpmnElement, FlowIndex } from '#bpmn';
import type { ElementInstance, InstanceState, Key } from '../state.js';
import { compareKeys } from '../table.js';
import { propagateAdHocOutput } from './ad-hoc.js';
import { compensateScope, continueCompensation, isReadyToCompensate } from './compensation.js';
import { continueTermination } from './canceling.js';
import { askComplexGateways } from './complex-gateways.js';
import { checkConditions } from './conditions.js';
import { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { evaluateBoolean } from './expressions.js';
import { hasIncident, raiseIncident } from './incidents.js';
import { applyInputMappings, applyOutputMappings, declareVariables } from './io-mapping.js';
import { activateJoins } from './joins.js';
import { leaveBehind, takeUp } from './left-behind.js';
import { runsListener } from './listeners.js';
import { activateBody, completeInner, propagateOutputs } from './multi-instance.js';
import { failure, success, type Result } from './result.js';
import { activateLoop, completeRun } from './standard-loop.js';

const defaultMaxInstructions = 2_000;
const defaultMaxPauses = 2_500;

/**
 * Lets everything that can move move, element by element, until all wait or the instruction budget is used up. Nothing of
 * a suspended instance moves.
 */
export function run(execution: Execution): void {
  if (execution.state.suspension) return;
  const limit = execution.context.maxInstructions ?? defaultMaxInstructions;
  let count = 0;
  while (hasWork(execution)) {
    if (count >= limit || isCrowded(execution)) return pause(execution);
    if (advance(execution, execution.takeScheduled())) count += 1;
    if (execution.isStopped) return;
  }
}

/** Tokens that split again and again would use up all memory long before the rounds are over. */
function isCrowded({ state, maxElements }: Execution): boolean {
  return state.elements.size > maxElements;
}

/** A loop without wait state goes on in the next command; one that never rests stops at the element whose turn it is. */
function pause(execution: Execution): void {
  const { state, isContinued, context } = execution;
  const pauses = (isContinued ? (state.pauses ?? 0) : 0) + 1;
  const isTooLong = isCrowded(execution) || pauses > (context.maxPauses ?? defaultMaxPauses);
  const next = isTooLong ? nextMoving(execution) : undefined;
  if (!next) return pauseFor(execution, pauses);
  const message = isCrowded(execution)
    ? `Expected at most ${execution.maxElements} elements to be active at once but there are ${state.elements.size}. Look for a loop that splits.`
    : `Expected the process to come to a wait state but it went on for ${pauses} rounds. Look for a loop without one.`;
  raiseIncident(execution, next, { errorType: 'EXECUTION_LIMIT_EXCEEDED', message });
}

function pauseFor(execution: Execution, pauses: number): void {
  execution.emit({ type: 'processInstancePaused', pauses });
  leaveBehind(execution, (key) => isLeft(execution.state, execution.state.elements.get(key)));
}

function nextMoving(execution: Execution): ElementInstance | undefined {
  for (let key = execution.takeScheduled(); key !== undefined; key = execution.takeScheduled()) {
    const instance = execution.state.elements.get(key);
    if (instance) return instance;
  }
  return undefined;
}

/** Conditions are asked after each instruction, joins and complex gateways when nothing else moves. */
function hasWork(execution: Execution): boolean {
  if (checkConditions(execution) || execution.hasScheduled) return true;
  return askComplexGateways(execution) || activateJoins(execution);
}

/** Goes on where the last step paused. */
export function goOn(execution: Execution): void {
  if (!takeUp(execution)) schedulePending(execution);
}

/** Schedules what an earlier step left behind: elements that are neither waiting nor stuck. Order: as they were made. */
export function schedulePending(execution: Execution): void {
  execution.hasNewValues = true;
  const { state } = execution;
  const [pending, joining]: [Key[], Key[]] = [[], []];
  state.elements.visit((instance) => {
    const { key, tokens, resets } = instance;
    if (isLeft(state, instance)) pending.push(key);
    if (tokens || resets) joining.push(key);
  });
  execution.scheduleLeft(pending);
  for (const key of joining.toSorted(compareKeys)) execution.touch(key);
}

function isLeft(state: InstanceState, instance: ElementInstance | undefined): boolean {
  return instance !== undefined && isPending(state, instance) && !hasIncident(state, instance.key);
}

function isPending(state: InstanceState, instance: ElementInstance): boolean {
  if (isReadyToCompensate(instance)) return true;
  const isCanceled =
    instance.state === 'terminating' && (instance.owns?.some((key) => state.userTasks.has(key)) ?? false);
  const isMoving = instance.state === 'activating' || instance.state === 'completing' || isCanceled;
  return isMoving && !instance.owns?.some((key) => state.jobs.has(key));
}

/** What to do follows from the state alone; false for an instance that ended meanwhile, which has nothing to do. */
function advance(execution: Execution, key: Key | undefined): boolean {
  const instance = key === undefined ? undefined : execution.state.elements.get(key);
  if (!instance) return false;
  const element = execution.elementOf(instance);
  const scope = new ElementScope(execution, element, instance.key);
  if (instance.state === 'activating') enter(scope, element, instance);
  else if (instance.state === 'completing') finish(scope, element, instance);
  else if (instance.state === 'terminating') continueTermination(execution, instance.key);
  else if (isReadyToCompensate(instance)) continueCompensation(scope);
  return true;
}

function enter(scope: ElementScope, element: BpmnElement, instance: ElementInstance): void {
  const { isPlain, isLoop } = scope.execution.planOf(element);
  if (instance.isCompensating) return compensateScope(scope);
  if (isLoop && instance.loopCounter === undefined) return enterBody(scope, element);
  if (!isPlain && !prepares(scope, element, instance)) return;
  scope.execution.behaviors[element.type].activate(element, scope);
}

/** Declares and maps its variables and asks its start listeners; false where it rests or is stuck. */
function prepares(scope: ElementScope, element: BpmnElement, instance: ElementInstance): boolean {
  if (instance.listenersDone === undefined) {
    declareVariables(scope.execution, element, instance.key);
    const mapped = applyInputMappings(scope.execution, element, instance.key);
    if (!mapped.ok) scope.incident(mapped.problem);
    if (!mapped.ok) return false;
  }
  return !runsListener(scope, 'start');
}

function enterBody(scope: ElementScope, { multiInstance, standardLoop }: BpmnElement): void {
  if (multiInstance) activateBody(multiInstance, scope);
  else if (standardLoop) activateLoop(standardLoop, scope);
}

function finish(scope: ElementScope, element: BpmnElement, instance: ElementInstance): void {
  const { isPlain, isLoop } = scope.execution.planOf(element);
  if (instance.isCompensating) return scope.complete([]);
  if (isLoop && instance.loopCounter === undefined) return finishBody(scope, element);
  if (!isPlain && !concludes(scope, element, instance)) return;
  if (isLoop && element.multiInstance) return completeInner(element.multiInstance, scope);
  if (isLoop && element.standardLoop) return completeRun(element.standardLoop, scope);
  if (element.type === 'process') return completeProcess(scope);
  leave(scope, element, instance);
}

/** Maps its outputs and asks its end listeners; false where it rests or is stuck. */
function concludes(scope: ElementScope, element: BpmnElement, instance: ElementInstance): boolean {
  if (instance.listenersDone === undefined) {
    const mapped = applyOutputMappings(scope.execution, element, instance.key);
    if (!mapped.ok) scope.incident(mapped.problem);
    if (!mapped.ok) return false;
  }
  return !runsListener(scope, 'end');
}

function finishBody(scope: ElementScope, element: BpmnElement): void {
  const flows = outgoingFlows(scope, element);
  if (!flows.ok) return scope.incident(flows.problem);
  if (element.multiInstance) propagateOutputs(element.multiInstance, scope);
  scope.complete(flows.value);
}

function leave(scope: ElementScope, element: BpmnElement, instance: ElementInstance): void {
  const flows = instance.compensation?.hasLeft ? success([]) : outgoingFlows(scope, element);
  if (!flows.ok) return scope.incident(flows.problem);
  propagateAdHocOutput(scope.execution, element, instance);
  scope.complete(flows.value);
}

function completeProcess(scope: ElementScope): void {
  const variables = scope.ownVariables;
  scope.complete([]);
  scope.emit({ type: 'processInstanceCompleted', variables, at: scope.execution.now });
}

/**
 * Several flows out of an activity or event split: all without condition, and those whose condition holds; the default
 * flow where no condition holds. Source: BPMN 2.0.2, 13.3.1, "Sequence Flow considerations".
 */
function outgoingFlows(scope: ElementScope, element: BpmnElement): Result<readonly FlowIndex[]> {
  const { exits } = scope.execution.planOf(element);
  return exits ? success(exits) : chosenFlows(scope, element);
}

function chosenFlows({ execution, variables }: ElementScope, element: BpmnElement): Result<readonly FlowIndex[]> {
  const always: FlowIndex[] = [];
  const chosen: FlowIndex[] = [];
  for (const index of element.outgoing) {
    const condition = execution.definition.flows[index]?.condition;
    if (!condition && index !== element.defaultFlow) always.push(index);
    const holds = condition ? evaluateBoolean(execution, variables, condition) : success(false);
    if (!holds.ok) return holds;
    if (holds.value) chosen.push(index);
  }
  if (chosen.length === 0 && element.defaultFlow !== undefined) chosen.push(element.defaultFlow);
  if (always.length + chosen.length > 0 || element.outgoing.length === 0) return success([...always, ...chosen]);
  return failure(
    'CONDITION_ERROR',
    `Expected one condition of the flows out of "${element.id}" to hold but none does.`,
  );
}
