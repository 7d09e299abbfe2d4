import type { BpmnElement, FlowIndex } from '#bpmn';
import type { ElementInstance, InstanceState, Key } from '../state.js';
import { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { evaluateBoolean } from './expressions.js';
import { hasIncident } from './incidents.js';
import { applyInputMappings, applyOutputMappings } from './io-mapping.js';
import { activateBody, completeInner, isMultiInstanceBody, propagateOutputs } from './multi-instance.js';
import { failure, success, type Result } from './result.js';
import { activateInclusiveJoins } from './tokens.js';

const defaultMaxInstructions = 10_000;

/** Lets everything that can move move, element by element, until all wait or the instruction budget is used up. */
export function run(execution: Execution): void {
  const limit = execution.context.maxInstructions ?? defaultMaxInstructions;
  for (let count = 0; execution.hasScheduled || activateInclusiveJoins(execution); count += 1) {
    if (count >= limit) return execution.emit({ type: 'processInstancePaused' });
    advance(execution, execution.takeScheduled());
  }
}

/** Schedules what an earlier step left behind: elements that are neither waiting nor stuck. Order: as they were made. */
export function schedulePending(execution: Execution): void {
  for (const { key } of pendingElements(execution.state)) execution.schedule(key);
  for (const { key, tokens } of execution.state.elements.values()) if (tokens) execution.touch(key);
}

function pendingElements(state: InstanceState): readonly ElementInstance[] {
  const isPending = (instance: ElementInstance) => instance.state === 'activating' || instance.state === 'completing';
  return state.elements.values().filter((instance) => isPending(instance) && !hasIncident(state, instance.key));
}

/** What to do follows from the state alone; an instance that ended meanwhile has nothing to do. */
function advance(execution: Execution, key: Key | undefined): void {
  const instance = key === undefined ? undefined : execution.state.elements.get(key);
  if (!instance) return;
  const element = execution.elementOf(instance);
  const scope = new ElementScope(execution, element, instance.key);
  if (instance.state === 'activating') enter(scope, element, instance);
  else if (instance.state === 'completing') finish(scope, element, instance);
}

function enter(scope: ElementScope, element: BpmnElement, instance: ElementInstance): void {
  if (element.multiInstance && isMultiInstanceBody(element, instance))
    return activateBody(element.multiInstance, scope);
  const mapped = applyInputMappings(scope.execution, element, instance.key);
  if (!mapped.ok) return scope.incident(mapped.problem);
  scope.execution.behaviors[element.type].activate(element, scope);
}

function finish(scope: ElementScope, element: BpmnElement, instance: ElementInstance): void {
  const isBody = isMultiInstanceBody(element, instance);
  const mapped = isBody ? success(undefined) : applyOutputMappings(scope.execution, element, instance.key);
  if (!mapped.ok) return scope.incident(mapped.problem);
  if (element.multiInstance && !isBody) return completeInner(element.multiInstance, scope);
  const flows = outgoingFlows(scope, element);
  if (!flows.ok) return scope.incident(flows.problem);
  if (element.multiInstance) propagateOutputs(element.multiInstance, scope);
  if (element.type === 'process') return completeProcess(scope);
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
function outgoingFlows({ execution, variables }: ElementScope, element: BpmnElement): Result<readonly FlowIndex[]> {
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
