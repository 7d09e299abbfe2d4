import type { EventDefinition } from '#bpmn';
import type { ElementScope } from './element-scope.js';
import { evaluateCorrelationKey, evaluateInteger, evaluateText } from './expressions.js';
import { failure, success, type Result } from './result.js';

/** Reading: a message thrown by a model waits one hour for its subscriber, as the clients of Camunda 8 publish it. */
const defaultTimeToLiveMs = 3_600_000;

/** Throws the message or signal of an event; it reaches every receiver, this instance too, through the runtime. */
export function throwEvent(event: EventDefinition, scope: ElementScope): Result<void> {
  const prepared = prepareThrow(event, scope);
  if (!prepared.ok) return prepared;
  prepared.value();
  return success(undefined);
}

/** Evaluates what a message or signal says; nothing is thrown before it is called. */
export function prepareThrow(event: EventDefinition, scope: ElementScope): Result<() => void> {
  const { throwsExceed } = scope.execution.context;
  if (throwsExceed !== undefined && (event.kind === 'message' || event.kind === 'signal'))
    return failure(
      'EXECUTION_LIMIT_EXCEEDED',
      `Expected at most ${throwsExceed} but the ${event.kind} of "${scope.element.id}" would be one more. Look for processes that start or wake one another without end.`,
    );
  if (event.kind === 'message') return prepareMessage(event, scope);
  if (event.kind === 'signal') return prepareSignal(event, scope);
  return success(() => undefined);
}

function prepareMessage(
  event: Extract<EventDefinition, { readonly kind: 'message' }>,
  scope: ElementScope,
): Result<() => void> {
  const { execution, variables } = scope;
  const messageName = evaluateText(execution, variables, event.name);
  if (!messageName.ok) return messageName;
  const correlationKey: Result<string> = event.correlationKey
    ? evaluateCorrelationKey(execution, variables, event.correlationKey)
    : success('');
  if (!correlationKey.ok) return correlationKey;
  const timeToLive: Result<number> = event.timeToLive
    ? evaluateInteger(execution, variables, event.timeToLive)
    : success(defaultTimeToLiveMs);
  if (!timeToLive.ok) return timeToLive;
  return success(() =>
    scope.emit({
      type: 'messageThrown',
      elementInstanceKey: scope.key,
      elementId: scope.element.id,
      messageKey: execution.newKey(),
      messageName: messageName.value,
      correlationKey: correlationKey.value,
      timeToLiveMs: timeToLive.value,
      variables: scope.ownVariables,
    }),
  );
}

function prepareSignal(
  event: Extract<EventDefinition, { readonly kind: 'signal' }>,
  scope: ElementScope,
): Result<() => void> {
  const { execution, variables, key: elementInstanceKey, element } = scope;
  const name = evaluateText(execution, variables, event.name);
  if (!name.ok) return name;
  if (name.value === '')
    return failure('EXTRACT_VALUE_ERROR', `Expected the signal of "${element.id}" to have a name but it is empty.`);
  return success(() =>
    scope.emit({
      type: 'signalThrown',
      elementInstanceKey,
      elementId: element.id,
      signalKey: execution.newKey(),
      signalName: name.value,
      variables: scope.ownVariables,
    }),
  );
}
