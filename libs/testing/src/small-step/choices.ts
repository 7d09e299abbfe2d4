import { choose } from './ad-hoc.js';
import { bring, assign } from './data.js';
import { happen } from './happening.js';
import { pathOf } from './observation.js';
import { throwError, throwEscalation } from './throwing.js';
import { begin, copyOf, elementAt, get, remove, toStage, type Instance, type Variables, type World } from './world.js';

/** What comes from outside, by the path of the instance that it reaches. */
export type Choice =
  | { readonly kind: 'start'; readonly element?: string; readonly variables: Variables }
  | { readonly kind: 'complete'; readonly path: string; readonly variables: Variables; readonly isTaken: boolean }
  | {
      readonly kind: 'occur';
      readonly path: string;
      readonly event: string;
      readonly index: number;
      readonly variables: Variables;
    }
  | { readonly kind: 'error' | 'escalate'; readonly path: string; readonly code: string; readonly variables: Variables }
  /** Work fails for good; somebody lets it be tried again. */
  | { readonly kind: 'stop' | 'retry'; readonly path: string }
  | { readonly kind: 'set'; readonly variables: Variables }
  | { readonly kind: 'choose'; readonly path: string; readonly elements: readonly string[] }
  | { readonly kind: 'cancel' | 'nothing' };

/** The states right after a choice: one for each instance that it may mean, for a path can stand for several. */
export function chosen(world: World, choice: Choice): readonly World[] {
  if (!('path' in choice)) {
    const next = withoutThrown(world);
    actOnAll(next, choice);
    return [next];
  }
  return world.state.instances
    .filter((instance) => pathOf(world, instance) === choice.path && takes(world, instance, choice))
    .map(({ id }) => {
      const next = withoutThrown(world);
      act(next, get(next, id), choice);
      return next;
    });
}

function withoutThrown(world: World): World {
  const next = copyOf(world);
  next.state.thrown = [];
  return next;
}

type AtPath = Extract<Choice, { readonly path: string }>;

function takes(world: World, instance: Instance, choice: AtPath): boolean {
  if (choice.kind === 'occur') return listeningOf(world, instance, choice) !== undefined;
  if (choice.kind === 'retry') return instance.isStuck === true;
  return instance.stage === 'active' && !instance.isStuck;
}

function listeningOf(world: World, { listening }: Instance, choice: Extract<Choice, { readonly kind: 'occur' }>) {
  return listening.find(
    ({ event, index, hasHappened }) =>
      elementAt(world, event).id === choice.event && index === choice.index && !hasHappened,
  );
}

function act(world: World, instance: Instance, choice: AtPath): void {
  switch (choice.kind) {
    case 'complete':
      if (choice.isTaken) bring(world, instance, choice.variables);
      return toStage(world, instance, 'leaving');
    case 'occur': {
      const listening = listeningOf(world, instance, choice);
      return listening && happen(world, instance, listening, choice.variables);
    }
    case 'error':
      return throwError(world, instance, choice.code, choice.variables);
    case 'escalate':
      return throwEscalation(world, instance, choice.code, choice.variables);
    case 'stop':
      instance.isStuck = true;
      return;
    case 'retry':
      delete instance.isStuck;
      return;
    default:
      return choose(world, instance, choice.elements);
  }
}

function actOnAll(world: World, choice: Exclude<Choice, AtPath>): void {
  const root = world.state.instances[0];
  if (choice.kind === 'start') start(world, choice);
  if (choice.kind === 'set' && root) Object.assign(root.variables, choice.variables);
  if (choice.kind !== 'cancel' || !root) return;
  remove(world, root);
  world.state.status = 'terminated';
}

/** BPMN 2.0.2, 13.2: one start event creates the instance, or what follows an instantiating gateway. */
function start(world: World, { element: id, variables }: Extract<Choice, { readonly kind: 'start' }>): void {
  const root = begin(world, 0, undefined);
  assign(world, root, variables);
  if (id === undefined) return;
  toStage(world, root, 'active');
  const element = elementAt(world, world.definition.indexById.get(id) ?? 0);
  if (element.type === 'startEvent') return void begin(world, element.index, root.id);
  begin(world, element.index, root.id, { stage: 'leaving' });
  const gateway = world.definition.elements.find(({ outgoing }) =>
    outgoing.some((flow) => element.incoming[0] === flow),
  );
  if (!gateway?.eventGateway?.isParallel) return;
  for (const flow of gateway.outgoing) {
    const target = world.definition.flows[flow]?.target;
    if (target !== undefined && target !== element.index) begin(world, target, root.id);
  }
}
