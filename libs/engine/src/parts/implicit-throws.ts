import { singleEventsOf, type BpmnElement, type SingleEventDefinition } from '#bpmn';
import { expected } from '../lifecycle.js';
import type { ElementInstance } from '../state.js';
import { ElementScope } from './element-scope.js';
import { throwEscalation } from './escalations.js';
import type { Execution } from './execution.js';
import { throwEvent } from './throwing.js';
import { activate } from './activation.js';

/**
 * Throws what a multi-instance activity throws when one of its instances completes: to its boundary event, else
 * like other events. Reading: the event comes from the instance that is about to complete, which has nothing left that could be
 * interrupted; the other instances go on, for the event is thrown "for each instance completing" (BPMN 2.0.2, 10.3.8).
 */
export function throwFromBody(event: SingleEventDefinition, execution: Execution, body: ElementInstance): void {
  const element = execution.elementOf(body);
  const catching = element.boundaryEvents.map((index) => execution.element(index)).find((each) => fits(each, event));
  if (catching)
    return void activate(execution, catching, expected(body.flowScopeKey, `flow scope of ${body.elementId}`));
  const scope = new ElementScope(execution, element, body.key);
  if (event.kind === 'escalation')
    return throwEscalation(execution, body.key, { escalationCode: event.escalationCode ?? '', variables: {} });
  const thrown = throwEvent(event, scope);
  if (!thrown.ok) scope.incident(thrown.problem);
}

function fits(element: BpmnElement, thrown: SingleEventDefinition): boolean {
  return singleEventsOf(element).some((each) => {
    if (each.kind === 'signal') return thrown.kind === 'signal' && each.signalName === thrown.signalName;
    if (each.kind === 'message') return thrown.kind === 'message' && each.messageName === thrown.messageName;
    if (each.kind !== 'escalation' || thrown.kind !== 'escalation') return false;
    return each.escalationCode === undefined || each.escalationCode === thrown.escalationCode;
  });
}
