import type { BpmnElement } from '#bpmn';
import { assign, bring } from './data.js';
import { happensOnce, listeningsOf } from './listening.js';
import {
  begin,
  elementAt,
  empty,
  get,
  remove,
  toStage,
  type Instance,
  type Listening,
  type Variables,
  type World,
} from './world.js';

/** One definition of an event has happened to the instance that listens for it. */
export function happen(world: World, listener: Instance, listening: Listening, variables: Variables): void {
  const event = elementAt(world, listening.event);
  const isParallel = event.event?.kind === 'multiple' && event.event.isParallel;
  if (!isParallel) {
    useUp(listener, listening, event);
    return fire(world, listener, event, variables);
  }
  assign(world, listener, variables);
  listening.hasHappened = true;
  happenTogether(world, listener, event);
}

/** Parallel multiple: the event happens when all of its definitions have. BPMN 2.0.2, 10.5.6 and 13.5. */
function happenTogether(world: World, listener: Instance, event: BpmnElement): void {
  const own = listener.listening.filter((each) => each.event === event.index);
  if (!own.every(({ hasHappened }) => hasHappened)) return;
  const others = listener.listening.filter((each) => each.event !== event.index);
  const again = event.isInterrupting === false ? listeningsOf(world, listener, event) : [];
  listener.listening = [...others, ...again];
  fire(world, listener, event, {});
}

function useUp(listener: Instance, listening: Listening, event: BpmnElement): void {
  const repeats = listening.left === undefined ? !isTimer(event, listening) : listening.left !== 1;
  if (listening.left !== undefined) listening.left -= 1;
  if (!happensOnce(event) && repeats) return;
  listener.listening = listener.listening.filter((each) => each !== listening);
}

function isTimer({ event }: BpmnElement, { index }: Listening): boolean {
  return (event?.kind === 'multiple' ? event.events[index] : event)?.kind === 'timer';
}

/** Lets an event happen. BPMN 2.0.2, 13.5.3 "Intermediate Boundary Events" and 13.5.4 "Event Sub-Processes". */
export function fire(world: World, listener: Instance, event: BpmnElement, variables: Variables): void {
  if (event.type === 'boundaryEvent') return fireBoundary(world, listener, event, variables);
  if (event.type === 'startEvent') return fireEventSubProcess(world, listener, event, variables);
  if (event.index === listener.element) {
    bring(world, listener, variables);
    return toStage(world, listener, 'leaving');
  }
  remove(world, listener);
  bring(world, begin(world, event.index, listener.scope, { stage: 'leaving' }), variables);
}

function fireBoundary(world: World, activity: Instance, event: BpmnElement, variables: Variables): void {
  const scope = get(world, activity.scope);
  if (event.isInterrupting !== false) remove(world, activity);
  bringTo(world, begin(world, event.index, scope.id), event, variables);
}

/** An interrupting one ends what runs in its scope and is the last that is started there. */
function fireEventSubProcess(world: World, scope: Instance, event: BpmnElement, variables: Variables): void {
  if (event.isInterrupting !== false) {
    empty(world, scope);
    scope.listening = scope.listening.filter((each) => elementAt(world, each.event).type !== 'startEvent');
  }
  bringTo(world, begin(world, event.flowScope, scope.id), event, variables);
}

/** The mappings that count are those of the event, though the instance may be that of its sub-process. */
function bringTo(world: World, instance: Instance, event: BpmnElement, variables: Variables): void {
  if (event.outputMappings.length > 0) Object.assign(instance.variables, variables);
  else assign(world, instance, variables);
}
