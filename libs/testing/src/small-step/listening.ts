import { singleEventsOf, type BpmnElement, type SingleEventDefinition } from '#bpmn';
import { valueOf } from './data.js';
import { elementAt, elementOf, flowAt, isBody, type Instance, type Listening, type World } from './world.js';

/** What an instance waits for while it is active: its own event, its boundary, its event sub-processes. BPMN 2.0.2, 13.5. */
export function listen(world: World, instance: Instance): void {
  const element = elementOf(world, instance);
  const boundary = instance.counter === undefined ? element.boundaryEvents : [];
  const events = isBody(world, instance) ? boundary : [...ownEvents(world, element), ...boundary];
  instance.listening = events.flatMap((index) => listeningsOf(world, instance, elementAt(world, index)));
}

function ownEvents(world: World, element: BpmnElement): readonly number[] {
  if (element.type === 'intermediateCatchEvent' || element.type === 'receiveTask') return [element.index];
  if (element.type === 'eventBasedGateway') return element.outgoing.map((flow) => flowAt(world, flow).target);
  return element.eventSubProcesses.flatMap((index) => elementAt(world, index).startEvent ?? []);
}

export function listeningsOf(world: World, instance: Instance, event: BpmnElement): Listening[] {
  return singleEventsOf(event).flatMap((definition, index): Listening[] => {
    if (definition.kind === 'message' || definition.kind === 'signal') return [{ event: event.index, index }];
    if (definition.kind === 'conditional') return [{ event: event.index, index, holds: false }];
    if (definition.kind !== 'timer') return [];
    return [{ event: event.index, index, ...repetition(world, instance, definition) }];
  });
}

/** `R3/PT1H` happens three times; without a number it has no end. */
function repetition(
  world: World,
  instance: Instance,
  { timer }: Extract<SingleEventDefinition, { readonly kind: 'timer' }>,
): Pick<Listening, 'left'> {
  if (timer.type !== 'cycle') return {};
  const [, times] = /^R(\d*)/.exec(String(valueOf(world, instance, timer.expression))) ?? [];
  return { left: times === undefined || times === '' ? -1 : Number(times) };
}

/** Whether it is over when it has happened once. */
export function happensOnce({ event, isInterrupting }: BpmnElement): boolean {
  return isInterrupting !== false || (event?.kind === 'multiple' && event.isParallel);
}
