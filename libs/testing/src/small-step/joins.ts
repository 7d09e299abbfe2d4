import type { BpmnElement, ElementIndex, FlowIndex } from '#bpmn';
import { truthOf } from './data.js';
import { consume, exclusiveChoice, hasToken, inclusiveChoice, produce } from './flows.js';
import { begin, childrenOf, elementAt, elementOf, flowAt, get, isBody, type Instance, type World } from './world.js';

/** A change of the state; it is given a copy. */
export interface Step {
  readonly rank: number;
  act(world: World): void;
}

/** What the gateways of a scope can do with the tokens before them. BPMN 2.0.2, 13.4. */
export function gatewaySteps(world: World, scope: Instance): readonly Step[] {
  return elementOf(world, scope)
    .children.map((index) => elementAt(world, index))
    .flatMap((gateway) => stepsOf(world, scope, gateway));
}

function stepsOf(world: World, scope: Instance, gateway: BpmnElement): readonly Step[] {
  switch (gateway.type) {
    case 'parallelGateway':
      return gateway.incoming.length > 1 && gateway.incoming.every((flow) => hasToken(scope, flow))
        ? [passing(scope, gateway, 1)]
        : [];
    case 'inclusiveGateway':
      return gateway.incoming.length > 1 && joinsInclusively(world, scope, gateway) ? [passing(scope, gateway, 3)] : [];
    case 'complexGateway':
      return complexSteps(world, scope, gateway);
    default:
      return [];
  }
}

/** Takes a token of each flow that has one; the gateway is then there, about to split. */
function passing({ id }: Instance, gateway: BpmnElement, order: number): Step {
  return {
    rank: order * late,
    act(world) {
      const scope = get(world, id);
      consume(scope, gateway.incoming);
      split(world, scope, gateway);
    },
  };
}

/** Steps that only become possible when others rest are tried last. */
export const late = 1e9;

/** The flows that a gateway takes, decided at once; where a condition fails the gateway stays as an instance. */
export function split(world: World, scope: Instance, gateway: BpmnElement): void {
  const flows = flowsOutOf(world, scope, gateway);
  if (flows) produce(world, scope, flows);
  else begin(world, gateway.index, scope.id).isStuck = true;
}

export function flowsOutOf(world: World, scope: Instance, element: BpmnElement): readonly FlowIndex[] | undefined {
  if (element.type === 'parallelGateway') return element.outgoing;
  if (element.type === 'exclusiveGateway') return exclusiveChoice(world, { element, from: scope });
  if (element.type === 'inclusiveGateway') return inclusiveChoice(world, { element, from: scope });
  return inclusiveChoice(world, { element, from: scope, front: countsOf(world, scope, element, true) });
}

/**
 * A token waits, and for every flow f that has a token: where a path from f ends in an incoming flow without token and
 * does not visit the gateway, another such path from f ends in an incoming flow that has one. BPMN 2.0.2, 13.4.3.
 */
export function joinsInclusively(world: World, scope: Instance, gateway: BpmnElement): boolean {
  const marked = gateway.incoming.filter((flow) => hasToken(scope, flow));
  return marked.length > 0 && isNoneExpected(world, scope, gateway, marked);
}

function isNoneExpected(world: World, scope: Instance, gateway: BpmnElement, marked: readonly FlowIndex[]): boolean {
  const unmarked = gateway.incoming.filter((flow) => !marked.includes(flow));
  return placesOf(world, scope).every((place) => {
    const mayReach = reachableFrom(world, place, gateway.index, beyond);
    const leadsTo = reachableFrom(world, place, gateway.index, onwards);
    return !unmarked.some((flow) => mayReach.has(flow)) || marked.some((flow) => leadsTo.has(flow));
  });
}

/** Where a token is: on a flow, or at a node that is active. */
type Place = { readonly flow: FlowIndex } | { readonly node: ElementIndex };

function placesOf(world: World, scope: Instance): readonly Place[] {
  const inside = childrenOf(world, scope).map(({ element }) => ({ node: element }));
  return [...scope.tokens.map(({ flow }) => ({ flow })), ...inside];
}

type Onwards = (world: World, index: ElementIndex) => readonly FlowIndex[];

/** The sequence flows out of a node; a link stands for one. */
function onwards(world: World, index: ElementIndex): readonly FlowIndex[] {
  const { outgoing, linkTarget } = elementAt(world, index);
  return linkTarget === undefined ? outgoing : [...outgoing, ...onwards(world, linkTarget)];
}

/** Reading: what a token may still bring about by the boundary events of its node is waited for too. */
function beyond(world: World, index: ElementIndex): readonly FlowIndex[] {
  const { boundaryEvents } = elementAt(world, index);
  return [...onwards(world, index), ...boundaryEvents.flatMap((event) => onwards(world, event))];
}

/** All flows on directed paths that begin at this place and do not visit the gateway. */
function reachableFrom(world: World, place: Place, gateway: ElementIndex, next: Onwards): ReadonlySet<FlowIndex> {
  const reached = new Set('flow' in place ? [place.flow] : next(world, place.node));
  for (const flow of reached) {
    const { target } = flowAt(world, flow);
    if (target !== gateway) for (const each of next(world, target)) reached.add(each);
  }
  return reached;
}

const countsOf = (world: World, { tokens }: Instance, { incoming }: BpmnElement, waitingForStart: boolean) => {
  const counts = incoming.map((flow) => [flowAt(world, flow).id, tokens.filter((each) => each.flow === flow).length]);
  const activationCount = tokens.filter(({ flow }) => incoming.includes(flow)).length;
  return { activationCount, activationCounts: Object.fromEntries(counts), waitingForStart };
};

/** BPMN 2.0.2, 13.4.5: waiting for start, then waiting for reset. */
function complexSteps(world: World, scope: Instance, gateway: BpmnElement): readonly Step[] {
  if (isBody(world, scope)) return [];
  const consumed = scope.consumed[gateway.index];
  if (consumed) return resets(world, scope, gateway, consumed) ? [reset(scope, gateway)] : [];
  const hasTokens = gateway.incoming.some((flow) => hasToken(scope, flow));
  const counts = countsOf(world, scope, gateway, true);
  const isEnough =
    hasTokens && (!gateway.activationCondition || truthOf(world, scope, gateway.activationCondition, counts));
  return isEnough ? [activation(scope, gateway)] : [];
}

function activation({ id }: Instance, gateway: BpmnElement): Step {
  return {
    rank: 0,
    act(world) {
      const scope = get(world, id);
      const taken = gateway.incoming.filter((flow) => hasToken(scope, flow));
      consume(scope, taken);
      scope.consumed[gateway.index] = taken;
      split(world, scope, gateway);
    },
  };
}

function resets(world: World, scope: Instance, gateway: BpmnElement, consumed: readonly FlowIndex[]): boolean {
  const marked = gateway.incoming.filter((flow) => consumed.includes(flow) || hasToken(scope, flow));
  return isNoneExpected(world, scope, gateway, marked);
}

/** Reading: only a condition that asks for `waitingForStart` can mean the reset; other flows got their token before. */
function reset({ id }: Instance, gateway: BpmnElement): Step {
  return {
    rank: 3 * late,
    act(world) {
      const scope = get(world, id);
      const consumed = scope.consumed[gateway.index] ?? [];
      const front = countsOf(world, scope, gateway, false);
      consume(
        scope,
        gateway.incoming.filter((flow) => !consumed.includes(flow)),
      );
      delete scope.consumed[gateway.index];
      const flows = gateway.outgoing.filter((flow) => {
        const { condition } = flowAt(world, flow);
        return condition?.reads.includes('waitingForStart') && truthOf(world, scope, condition, front);
      });
      produce(world, scope, flows);
    },
  };
}
