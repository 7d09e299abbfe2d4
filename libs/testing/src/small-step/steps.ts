import type { BpmnElement } from '#bpmn';
import { beginNext, canRest } from './ad-hoc.js';
import { compensateNext } from './compensation.js';
import { truthOf } from './data.js';
import { consume } from './flows.js';
import { happen } from './happening.js';
import { gatewaySteps, late, split, type Step } from './joins.js';
import { enter, leave } from './life.js';
import {
  begin,
  childrenOf,
  copyOf,
  elementAt,
  elementOf,
  flowAt,
  get,
  isBody,
  toStage,
  type Instance,
  type Listening,
  type World,
} from './world.js';

/** All states that one step leads to; those that are likely to be the engine's come first. None: the state rests. */
export function successors(world: World): readonly World[] {
  const steps = world.state.instances.flatMap((instance) => [
    ...ownSteps(world, instance),
    ...(instance.stage === 'active' ? innerSteps(world, instance) : []),
  ]);
  return steps
    .toSorted((a, b) => a.rank - b.rank)
    .map((step) => {
      const next = copyOf(world);
      step.act(next);
      return next;
    });
}

function ownSteps(world: World, { id, stage, at, isStuck, compensation }: Instance): readonly Step[] {
  const step = (act: (world: World, instance: Instance) => void): readonly Step[] => [
    { rank: at, act: (next) => act(next, get(next, id)) },
  ];
  if (isStuck) return [];
  if (stage === 'ready') return step(enter);
  if (stage === 'leaving') return step(leave);
  return compensation && compensation.running === undefined ? step(compensateNext) : [];
}

/** What goes on in an active instance: conditions, tokens, gateways, and its end when nothing is left. */
function innerSteps(world: World, instance: Instance): readonly Step[] {
  return [
    ...conditionSteps(world, instance),
    ...arrivals(world, instance),
    ...gatewaySteps(world, instance),
    ...ends(world, instance),
  ];
}

/** A condition happens when it comes to hold. BPMN 2.0.2, 10.5.5, "Conditional". */
function conditionSteps(world: World, instance: Instance): readonly Step[] {
  return instance.listening.flatMap((listening, index): readonly Step[] => {
    if (listening.holds === undefined || listening.hasHappened) return [];
    const holds = conditionHolds(world, instance, listening);
    if (holds === listening.holds) return [];
    return [{ rank: 0, act: (next) => ask(next, get(next, instance.id), index) }];
  });
}

function conditionHolds(world: World, instance: Instance, { event, index }: Listening): boolean {
  const { event: definition } = elementAt(world, event);
  const single = definition?.kind === 'multiple' ? definition.events[index] : definition;
  return single?.kind === 'conditional' && truthOf(world, instance, single.condition) === true;
}

function ask(world: World, instance: Instance, index: number): void {
  const listening = instance.listening[index];
  if (!listening) return;
  listening.holds = !listening.holds;
  if (listening.holds) happen(world, instance, listening, {});
}

/** Tokens on flows whose target does not gather them. */
function arrivals(world: World, scope: Instance): readonly Step[] {
  return scope.tokens.flatMap(({ flow, at }): readonly Step[] => {
    const target = elementAt(world, flowAt(world, flow).target);
    if (gathers(target)) return enoughFor(scope, target) ? [gathered(scope, target)] : [];
    return [{ rank: at, act: (next) => arrive(next, get(next, scope.id), flow) }];
  });
}

function arrive(world: World, scope: Instance, flow: number): void {
  const target = elementAt(world, flowAt(world, flow).target);
  consume(scope, [flow]);
  const isSplit = target.type.endsWith('Gateway') && target.type !== 'eventBasedGateway';
  if (isSplit) split(world, scope, target);
  else begin(world, target.index, scope.id);
}

function gathers({ type, incoming, startQuantity }: BpmnElement): boolean {
  if (type === 'complexGateway' || startQuantity !== undefined) return true;
  return incoming.length > 1 && (type === 'parallelGateway' || type === 'inclusiveGateway');
}

/** BPMN 2.0.2, table 10.3, `startQuantity`: so many tokens, on whichever flows. */
function enoughFor(scope: Instance, { incoming, startQuantity }: BpmnElement): boolean {
  return startQuantity !== undefined && waitingBefore(scope, incoming).length >= startQuantity;
}

const waitingBefore = ({ tokens }: Instance, incoming: readonly number[]) =>
  tokens.filter(({ flow }) => incoming.includes(flow));

function gathered({ id }: Instance, { index, incoming, startQuantity = 1 }: BpmnElement): Step {
  return {
    rank: 0,
    act(world) {
      const scope = get(world, id);
      for (const { flow } of waitingBefore(scope, incoming).slice(0, startQuantity)) consume(scope, [flow]);
      begin(world, index, id);
    },
  };
}

/** A scope completes when no token is left in it and nothing in it is active. BPMN 2.0.2, 13.3.4. */
function ends(world: World, scope: Instance): readonly Step[] {
  const { type } = elementOf(world, scope);
  const isScope = type === 'process' || type.endsWith('ubProcess') || type === 'transaction';
  const isBusy = scope.compensation !== undefined || scope.isCancelled || Object.keys(scope.consumed).length > 0;
  if (!isScope || isBody(world, scope) || isBusy || scope.tokens.length > 0) return [];
  if (childrenOf(world, scope).length > 0) return [];
  const isAdHoc = type === 'adHocSubProcess' && !scope.isRemade;
  if (isAdHoc && canRest(world, scope)) return [];
  return [{ rank: late, act: (next) => end(next, get(next, scope.id), isAdHoc) }];
}

function end(world: World, scope: Instance, isAdHoc: boolean): void {
  if (!isAdHoc || !beginNext(world, scope)) toStage(world, scope, 'leaving');
}
