import { singleEventsOf, type EventDefinition, type SingleEventDefinition } from '#bpmn';
import type { ElementScope } from './element-scope.js';
import { throwEscalation } from './escalations.js';
import { evaluateText } from './expressions.js';
import { success, type Result } from './result.js';
import { prepareThrow } from './throwing.js';

/** What decides how the throwing element goes on; `none` where nothing does. */
export type DecidingEvent = Exclude<SingleEventDefinition, { readonly kind: 'message' | 'signal' | 'escalation' }>;

type Act = (last: DecidingEvent) => void;

/**
 * Throws what is thrown at once (messages, signals, escalations) and hands over what is left, which comes last. All is
 * evaluated before, so that nothing is thrown twice where one of it fails and is tried again: an error that is left then
 * stands alone (`throwLast`). An interrupting catcher of an escalation may end the element before. Source: BPMN 2.0.2,
 * 10.5.3, "Multiple".
 */
export function throwAll(event: EventDefinition | undefined, scope: ElementScope, act: Act): void {
  const last = prepareLast(event, scope);
  if (!last.ok) return scope.incident(last.problem);
  const throws: (() => void)[] = [];
  for (const each of eventsIn(event)) {
    if (!isAtOnce(each)) continue;
    const prepared = prepareAtOnce(each, scope);
    if (!prepared.ok) return scope.incident(prepared.problem);
    throws.push(prepared.value);
  }
  for (const throwOne of throws) {
    throwOne();
    if (!scope.execution.state.elements.has(scope.key)) return;
  }
  if (throws.length > 0 && last.value.kind === 'error') scope.activateSilently();
  act(last.value);
}

/** Tries again what came last and failed; the rest has been thrown. */
export function throwLast(event: EventDefinition | undefined, scope: ElementScope, act: Act): void {
  const last = prepareLast(event, scope);
  if (!last.ok) return scope.incident(last.problem);
  act(last.value);
}

const eventsIn = (event: EventDefinition | undefined) => singleEventsOf(event ? { event } : {});

/** With the code of an error as it is now. */
function prepareLast(
  event: EventDefinition | undefined,
  { execution, variables }: ElementScope,
): Result<DecidingEvent> {
  const last = eventsIn(event).findLast((each): each is DecidingEvent => !isAtOnce(each)) ?? { kind: 'none' };
  if (last.kind !== 'error' || !last.errorCodeExpression) return success(last);
  const code = evaluateText(execution, variables, last.errorCodeExpression);
  return code.ok ? success({ kind: 'error', errorCode: code.value }) : code;
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
