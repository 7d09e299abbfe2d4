import type { SingleEventDefinition } from '#bpmn';
import type { Key, Variables } from '../state.js';
import { findCatcher } from './catchers.js';
import type { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { evaluateText } from './expressions.js';
import { success } from './result.js';
import { fire } from './triggers.js';

type EscalationEvent = Extract<SingleEventDefinition, { readonly kind: 'escalation' }>;

export interface ThrownEscalation {
  readonly escalationCode: string;
  readonly variables: Variables;
}

/** Throws what the event says and goes on, unless an interrupting catcher ended it. */
export function throwModelledEscalation(event: EscalationEvent, scope: ElementScope): void {
  const { execution, key } = scope;
  const { escalationCodeExpression } = event;
  const code = escalationCodeExpression
    ? evaluateText(execution, scope.variables, escalationCodeExpression)
    : success(event.escalationCode ?? '');
  if (!code.ok) return scope.incident(code.problem);
  throwEscalation(execution, key, { escalationCode: code.value, variables: scope.ownVariables });
  if (execution.state.elements.has(key)) scope.pass();
}

/**
 * Throws an escalation outwards: the nearest event sub-process or boundary event that catches it takes it, else the
 * caller. One that nobody catches has no effect. Source: BPMN 2.0.2, 10.5.1 and 10.5.7, "Escalation".
 */
export function throwEscalation(execution: Execution, fromKey: Key, escalation: ThrownEscalation): void {
  const { escalationCode, variables } = escalation;
  const catcher = findCatcher(execution, fromKey, { kind: 'escalation', code: escalationCode });
  if (catcher) return fire(execution, catcher.listener.key, catcher.event, variables);
  if (execution.state.parent) execution.emit({ type: 'escalationPropagatedToCaller', escalationCode, variables });
}
