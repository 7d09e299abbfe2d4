import { singleEventsOf, type BpmnElement, type SingleEventDefinition } from '#bpmn';
import { valueOf } from './data.js';
import { fire } from './happening.js';
import { begin, elementAt, elementOf, find, isBody, type Instance, type Variables, type World } from './world.js';

interface Catcher {
  readonly listener: Instance;
  readonly event: BpmnElement;
}

/**
 * The innermost event that catches what is thrown: event sub-processes of a scope, then the boundary of that scope, then
 * the same around it. What is thrown in an event sub-process is not caught beside it. BPMN 2.0.2, 10.5.1 and 13.5.4.
 */
export function catcherOf(
  world: World,
  from: Instance,
  kind: 'error' | 'escalation' | 'cancel',
  code?: string,
): Catcher | undefined {
  let below: Instance | undefined;
  for (let at: Instance | undefined = from; at; below = at, at = find(world, at.scope)) {
    for (const catchers of catchersAt(world, at, below)) {
      const event = chosen(catchers, kind, code);
      if (event) return { listener: at, event };
    }
  }
  return undefined;
}

function catchersAt(
  world: World,
  instance: Instance,
  below: Instance | undefined,
): readonly (readonly BpmnElement[])[] {
  if (instance.isRemade) return [];
  const { eventSubProcesses, boundaryEvents } = elementOf(world, instance);
  const isFromBeside = below !== undefined && elementOf(world, below).type === 'eventSubProcess';
  const isClosed = isFromBeside || isBody(world, instance) || instance.isCancelled === true;
  const starts = isClosed ? [] : eventSubProcesses.flatMap((index) => elementAt(world, index).startEvent ?? []);
  const boundary = instance.counter === undefined ? boundaryEvents : [];
  return [starts, boundary].map((indices) => indices.map((index) => elementAt(world, index)));
}

/** One for this code goes before one for every code. */
function chosen(events: readonly BpmnElement[], kind: string, code: string | undefined): BpmnElement | undefined {
  const catches = (event: BpmnElement, wanted: string | undefined) =>
    singleEventsOf(event).some((each) => each.kind === kind && codeOf(each) === wanted);
  return (
    (code === undefined ? undefined : events.find((event) => catches(event, code))) ??
    events.find((event) => catches(event, undefined))
  );
}

function codeOf(event: SingleEventDefinition): string | undefined {
  if (event.kind === 'error') return event.errorCode;
  return event.kind === 'escalation' ? event.escalationCode : undefined;
}

/** Reading: an error that nobody catches stops where it was thrown, for somebody to look at. */
export function throwError(world: World, from: Instance, code: string, variables: Variables): void {
  const catcher = catcherOf(world, from, 'error', code);
  if (catcher) fire(world, catcher.listener, catcher.event, variables);
  else from.isStuck = true;
}

/** One that nobody catches has no effect. BPMN 2.0.2, 10.5.1, "Escalation". */
export function throwEscalation(world: World, from: Instance, code: string, variables: Variables): void {
  const catcher = catcherOf(world, from, 'escalation', code);
  if (catcher) fire(world, catcher.listener, catcher.event, variables);
}

/** Throws a message, signal or escalation; what else an event holds decides how it goes on. */
export function throwAtOnce(world: World, from: Instance, event: SingleEventDefinition): boolean {
  const { id } = elementOf(world, from);
  if (event.kind === 'message' || event.kind === 'signal')
    world.state.thrown.push(`${id} ${event.kind} ${String(valueOf(world, from, event.name))}`);
  else if (event.kind === 'escalation')
    throwEscalation(world, from, textOf(world, from, event.escalationCode, event.escalationCodeExpression), {
      ...from.variables,
    });
  else return false;
  return true;
}

export function textOf(
  world: World,
  from: Instance,
  text: string | undefined,
  expression: Parameters<typeof valueOf>[2] | undefined,
): string {
  return expression ? String(valueOf(world, from, expression)) : (text ?? '');
}

/**
 * What a multi-instance throws when one of its instances completes. Reading: it is caught at the boundary and interrupts
 * nothing, for it is thrown for each instance that completes. BPMN 2.0.2, 10.3.8 and table 13.1.
 */
export function throwFromBody(world: World, body: Instance, thrown: SingleEventDefinition): void {
  const event = elementOf(world, body)
    .boundaryEvents.map((index) => elementAt(world, index))
    .find((each) => singleEventsOf(each).some((definition) => fits(definition, thrown)));
  if (event) begin(world, event.index, body.scope);
  else throwAtOnce(world, body, thrown);
}

function fits(caught: SingleEventDefinition, thrown: SingleEventDefinition): boolean {
  if (caught.kind === 'signal') return thrown.kind === 'signal' && caught.signalName === thrown.signalName;
  if (caught.kind === 'message') return thrown.kind === 'message' && caught.messageName === thrown.messageName;
  if (caught.kind !== 'escalation' || thrown.kind !== 'escalation') return false;
  return caught.escalationCode === undefined || caught.escalationCode === thrown.escalationCode;
}
