import type { Key, Variables } from '../state.js';
import { findCatcher } from './catchers.js';
import type { Execution } from './execution.js';
import { fire } from './triggers.js';

export interface ThrownEscalation {
  readonly escalationCode: string;
  readonly variables: Variables;
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
