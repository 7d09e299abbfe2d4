import type { BpmnElement, CalledElement } from '#bpmn';
import type { Command } from '../commands.js';
import type { ElementInstance, Key, Variables } from '../state.js';
import { ElementScope } from '../parts/element-scope.js';
import type { Execution } from '../parts/execution.js';
import { throwEscalation } from '../parts/escalations.js';
import { evaluateText } from '../parts/expressions.js';
import { hasIncident, raiseIncident } from '../parts/incidents.js';
import { takeResult } from '../parts/io-mapping.js';
import { expected } from '../lifecycle.js';
import { accepted, rejected, type Outcome } from '../parts/outcome.js';
import { beginCompleting } from '../parts/activation.js';
import { visibleVariables } from '../parts/variables.js';
import type { ElementBehavior } from './behavior.js';

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>;

/** Asks for another process and waits for its end. Source: Camunda 8, "Call activities". */
export const callActivity: ElementBehavior = {
  activate: (element, scope) => request(element, scope, () => scope.wait()),
  retry: (element, scope) => request(element, scope, () => true),
};

function request(element: BpmnElement, scope: ElementScope, begin: () => boolean): void {
  const called = expected(element.calledElement, `called element of ${element.id}`);
  const { execution, key: elementInstanceKey } = scope;
  const processId = evaluateText(execution, scope.variables, called.processId);
  if (!processId.ok) return scope.incident(processId.problem);
  if (!begin()) return;
  scope.emit({
    type: 'processCallRequested',
    elementInstanceKey,
    elementId: element.id,
    childKey: execution.newKey(),
    bpmnProcessId: processId.value,
    bindingType: called.bindingType,
    ...(called.versionTag !== undefined && { versionTag: called.versionTag }),
    variables: variablesForChild(called, scope),
  });
}

function variablesForChild({ propagateAllParentVariables }: CalledElement, scope: ElementScope): Variables {
  return propagateAllParentVariables ? visibleVariables(scope.execution.state, scope.key) : scope.ownVariables;
}

export function completeCalledProcess(execution: Execution, command: CommandOf<'completeCalledProcess'>): Outcome {
  return withCall(execution, command.elementInstanceKey, (instance) => {
    const element = execution.elementOf(instance);
    const takesAll = element.calledElement?.propagateAllChildVariables === true;
    if (takesAll || element.outputMappings.length > 0) takeResult(execution, element, instance.key, command.variables);
    beginCompleting(execution, instance);
    return accepted;
  });
}

export function throwCalledProcessError(execution: Execution, command: CommandOf<'throwCalledProcessError'>): Outcome {
  const { elementInstanceKey, errorCode, errorMessage, variables } = command;
  return withCall(execution, elementInstanceKey, (instance) => {
    const scope = new ElementScope(execution, execution.elementOf(instance), elementInstanceKey);
    scope.throwError({ errorCode, errorMessage, variables: variables ?? {} });
    return accepted;
  });
}

/** The called process goes on; an interrupting catcher here cancels it with its call activity. */
export function throwCalledProcessEscalation(
  execution: Execution,
  { elementInstanceKey, escalationCode, variables }: CommandOf<'throwCalledProcessEscalation'>,
): Outcome {
  return withCall(execution, elementInstanceKey, () => {
    throwEscalation(execution, elementInstanceKey, { escalationCode, variables });
    return accepted;
  });
}

export function failCalledProcess(
  execution: Execution,
  { elementInstanceKey, errorMessage }: CommandOf<'failCalledProcess'>,
): Outcome {
  return withCall(execution, elementInstanceKey, (instance) => {
    raiseIncident(execution, instance, { errorType: 'CALLED_ELEMENT_ERROR', message: errorMessage });
    return accepted;
  });
}

/** Answers of a called process count only while its call activity waits for them. */
function withCall(execution: Execution, key: Key, act: (instance: ElementInstance) => Outcome): Outcome {
  const instance = execution.state.elements.get(key);
  if (!instance || !execution.state.calls.get(key))
    return rejected('notFound', `Expected call activity ${key} to wait for its process but it does not.`);
  if (instance.state === 'activated' && !hasIncident(execution.state, key)) return act(instance);
  return rejected(
    'invalidState',
    `Expected call activity ${key} to be active but it is ${instance.state} or stopped by an incident.`,
  );
}
