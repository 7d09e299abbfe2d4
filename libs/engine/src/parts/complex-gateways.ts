import type { BpmnElement, ProcessDefinition } from '#bpmn';
import type { FeelScope } from '#feel';
import type { Key, Variables } from '../state.js';
import type { Execution } from './execution.js';
import { evaluateBoolean } from './expressions.js';
import { hasIncident } from './incidents.js';
import { success, type ElementProblem, type Result } from './result.js';
import { activate } from './activation.js';
import { isBeingEmptied } from './termination.js';
import { OverlayScope, VariableScope } from './variables.js';

/**
 * A token has arrived: where the gateway waits for start and its activation condition holds, it takes one token of each
 * flow that has one. The condition sees `activationCount`, the tokens before the gateway, and `activationCounts`, the same
 * by flow id. While it waits for reset, tokens wait too. Source: BPMN 2.0.2, 13.4.5, "Complex Gateway".
 */
export function arriveAtComplexGateway(execution: Execution, gateway: BpmnElement, scopeKey: Key): void {
  const { tokens, resets } = execution.instance(scopeKey);
  const waiting = tokens?.[gateway.id];
  if (!waiting || resets?.[gateway.id] || isBeingEmptied(execution.instance(scopeKey))) return;
  const isEnough: Result<boolean> = gateway.activationCondition
    ? evaluateBoolean(execution, complexScope(execution, scopeKey, gateway, true), gateway.activationCondition)
    : success(true);
  if (!isEnough.ok) return stopScope(execution, gateway, scopeKey, isEnough.problem);
  if (isEnough.value) activate(execution, gateway, scopeKey, { takes: oneOfEach(waiting) });
}

export const oneOfEach = (waiting: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.keys(waiting).map((flowId) => [flowId, 1]));

/** What the conditions of a complex gateway see besides the variables. */
export function complexScope(
  execution: Execution,
  scopeKey: Key,
  gateway: BpmnElement,
  waitingForStart: boolean,
): FeelScope {
  const waiting = execution.instance(scopeKey).tokens?.[gateway.id] ?? {};
  const activationCounts = Object.fromEntries(
    gateway.incoming.map((index) => {
      const id = execution.definition.flows[index]?.id ?? '';
      return [id, waiting[id] ?? 0];
    }),
  );
  const activationCount = Object.values(waiting).reduce((sum, count) => sum + count, 0);
  const counts: Variables = { activationCount, activationCounts, waitingForStart };
  return new OverlayScope(counts, new VariableScope(execution, scopeKey));
}

/** The token has no element instance to stop at, so its scope is stopped; when that is resolved, all is asked again. */
export function stopScope(execution: Execution, gateway: BpmnElement, scopeKey: Key, problem: ElementProblem): void {
  if (hasIncident(execution.state, scopeKey)) return;
  execution.emit({
    type: 'incidentCreated',
    incidentKey: execution.newKey(),
    elementInstanceKey: scopeKey,
    elementId: gateway.id,
    errorType: problem.errorType,
    errorMessage: problem.message,
    at: execution.now,
  });
}

/** After an incident at a scope was resolved: its complex gateways and conditions are asked again. */
export function retryComplexGateways(execution: Execution, scopeKey: Key): void {
  for (const id of Object.keys(execution.instance(scopeKey).tokens ?? {})) {
    const gateway = execution.elementById(id);
    if (gateway.type === 'complexGateway') arriveAtComplexGateway(execution, gateway, scopeKey);
  }
  execution.touch(scopeKey);
}

/**
 * Variables have changed: gateways with tokens before them are asked again, for they wait for their condition, which may
 * refer to data, to become true. Returns whether one went on. Source: BPMN 2.0.2, 13.4.5.
 */
export function askComplexGateways(execution: Execution): boolean {
  if (!execution.hasNewValues) return false;
  execution.hasNewValues = false;
  const gateways = gatewaysOverData(execution.definition);
  if (gateways.length === 0) return false;
  for (const { key, tokens } of execution.state.elements.values()) {
    for (const gateway of gateways) if (tokens?.[gateway.id]) arriveAtComplexGateway(execution, gateway, key);
  }
  return execution.hasScheduled;
}

const ownNames: ReadonlySet<string> = new Set(['activationCount', 'activationCounts', 'waitingForStart']);
const overData = new WeakMap<ProcessDefinition, readonly BpmnElement[]>();

function gatewaysOverData(definition: ProcessDefinition): readonly BpmnElement[] {
  const known = overData.get(definition);
  if (known) return known;
  const gateways = definition.elements.filter(({ activationCondition }) =>
    activationCondition?.reads.some((path) => !ownNames.has(path.split('.')[0] ?? path)),
  );
  overData.set(definition, gateways);
  return gateways;
}
