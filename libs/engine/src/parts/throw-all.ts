import { singleEventsOf, type EventDefinition, type SingleEventDefinition } from '#bpmn';
import type { ElementScope } from './element-scope.js';
import { throwEscalation } from './escalations.js';
import { evaluateText } from './expressions.js';
import { success, type Result } from './result.js';
import { prepareThrow } from './throwing.js';

/** What decides how the throwing element goes on; `none` where nothing does. */
export type DecidingEvent = Exclude<SingleEventDefinition, { readonly kind: 'message' | 'signal' | 'escalation' }>;

/**
 * Throws what is thrown at once (messages, signals, escalations) and hands over what is left, which comes last. All is
 * evaluated before, so that nothing is thrown twice where one of it fails and is tried again. An interrupting catcher of an
 * escalation may end the element before. Source: BPMN 2.0.2, 10.5.3, "Multiple".
 */
export function throwAll(
  event: EventDefinition | undefined,
  scope: ElementScope,
  act: (last: DecidingEvent) => void,
): void {
  let last: DecidingEvent = { kind: 'none' };
  const throws: (() => void)[] = [];
  for (const each of singleEventsOf(event ? { event } : {})) {
    if (!isAtOnce(each)) {
      last = each;
      continue;
    }
    const prepared = prepareAtOnce(each, scope);
    if (!prepared.ok) return scope.incident(prepared.problem);
    throws.push(prepared.value);
  }
  for (const throwOne of throws) {
    throwOne();
    if (!scope.execution.state.elements.has(scope.key)) return;
  }
  act(last);
}

type AtOnce = Exclude<SingleEventDefinition, DecidingEvent>;

const isAtOnce = (event: SingleEventDefinition): event is AtOnce =>
  event.kind === 'message' || event.kind === 'signal' || event.kind === 'escalation';

function prepareAtOnce(event: AtOnce, scope: ElementScope): Result<() => void> {
  if (event.kind !== 'escalation') return prepareThrow(event, scope);
  const { execution, key, variables } = scope;
  const code = event.escalationCodeExpression
    ? evaluateText(execution, variables, event.escalationCodeExpression)
    : success(event.escalationCode ?? '');
  if (!code.ok) return code;
  return success(() => throwEscalation(execution, key, { escalationCode: code.value, variables: scope.ownVariables }));
}
