import type { BpmnElement, ConditionalEventDefinition } from '#bpmn';
import type { ConditionState, Key } from '../state.js';
import type { Changes, Execution } from './execution.js';
import { happen } from './triggers.js';
import { VariableScope } from './variables.js';

/**
 * Asks the conditional events that can see what changed, in the order in which they began to wait. One happens when its
 * condition comes to hold; it can happen again after it has ceased to. Returns whether one happened. Reading: a
 * condition that cannot be evaluated, such as over a variable that is not there yet, does not hold. Source: BPMN 2.0.2,
 * 10.5.5, "Conditional".
 */
export function checkConditions(execution: Execution): boolean {
  const changes = execution.takeChanges();
  if (!changes) return false;
  let hasHappened = false;
  for (const [key, condition] of execution.state.conditions) {
    if (!execution.state.conditions.has(key) || !isConcerned(execution, key, condition, changes)) continue;
    hasHappened = ask(execution, key, condition) || hasHappened;
  }
  return hasHappened;
}

function ask(execution: Execution, conditionKey: Key, waiting: ConditionState): boolean {
  const { elementInstanceKey, holds } = waiting;
  const element = execution.elementById(waiting.elementId);
  const { condition } = definitionOf(element, waiting);
  const scope = new VariableScope(execution, elementInstanceKey);
  const isTrue = condition.evaluate(scope, execution.evaluation).value === true;
  if (isTrue === holds) return false;
  if (!isTrue) {
    execution.emit({ type: 'conditionLapsed', conditionKey });
    return false;
  }
  const isParallel = element.event?.kind === 'multiple' && element.event.isParallel;
  execution.emit({ type: 'conditionTriggered', conditionKey, closes: element.isInterrupting !== false || isParallel });
  happen(execution, waiting, {});
  return true;
}

function definitionOf({ event, id }: BpmnElement, { eventIndex }: ConditionState): ConditionalEventDefinition {
  const definition = event?.kind === 'multiple' ? event.events[eventIndex ?? 0] : event;
  if (definition?.kind === 'conditional') return definition;
  throw new Error(`Expected ${id} to have a condition but it has none.`);
}

/** An event listens while its activity or scope is active. */
function isConcerned(execution: Execution, key: Key, waiting: ConditionState, { opened, variables }: Changes): boolean {
  if (execution.instance(waiting.elementInstanceKey).state !== 'activated') return false;
  if (opened.has(key)) return true;
  const { variableNames, variableEvents } = definitionOf(execution.elementById(waiting.elementId), waiting);
  const { elements } = execution.state;
  for (let at: Key | undefined = waiting.elementInstanceKey; at !== undefined; at = elements.get(at)?.flowScopeKey) {
    for (const [name, change] of variables.get(at) ?? []) {
      if ((variableNames?.includes(name) ?? true) && (variableEvents?.includes(change) ?? true)) return true;
    }
  }
  return false;
}
