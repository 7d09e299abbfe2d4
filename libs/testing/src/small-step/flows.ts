import type { BpmnElement, FlowIndex } from '#bpmn';
import { truthOf } from './data.js';
import { flowAt, tick, type Instance, type Variables, type World } from './world.js';

/** Puts one token on each of these flows. */
export function produce(world: World, scope: Instance, flows: readonly FlowIndex[]): void {
  for (const flow of flows) scope.tokens.push({ flow, at: tick(world) });
}

/** Takes one token off each of these flows. */
export function consume(scope: Instance, flows: readonly FlowIndex[]): void {
  for (const flow of flows) {
    const index = scope.tokens.findIndex((token) => token.flow === flow);
    if (index >= 0) scope.tokens.splice(index, 1);
  }
}

export const hasToken = (scope: Instance, flow: FlowIndex) => scope.tokens.some((token) => token.flow === flow);

interface Choice {
  readonly element: BpmnElement;
  /** Whose variables the conditions see. */
  readonly from: Instance;
  readonly front?: Variables;
}

/** Conditions of the flows in order; undefined where one that is asked is neither true nor false. */
function truths(world: World, { element, from, front }: Choice): (boolean | undefined)[] {
  return element.outgoing.map((flow) => {
    const { condition } = flowAt(world, flow);
    return condition ? truthOf(world, from, condition, front) : flow !== element.defaultFlow;
  });
}

const orNothing = (flows: readonly FlowIndex[], { outgoing }: BpmnElement) =>
  flows.length > 0 || outgoing.length === 0 ? flows : undefined;
const orDefault = (flows: readonly FlowIndex[], { defaultFlow }: BpmnElement) =>
  flows.length === 0 && defaultFlow !== undefined ? [defaultFlow] : flows;

/** The first flow whose condition holds, else the default flow; undefined: an exception. BPMN 2.0.2, 13.4.2. */
export function exclusiveChoice(world: World, choice: Choice): readonly FlowIndex[] | undefined {
  const { element } = choice;
  for (const [index, truth] of truths(world, choice).entries()) {
    if (truth === undefined) return undefined;
    const flow = element.outgoing[index];
    if (truth && flow !== undefined) return [flow];
  }
  return orNothing(orDefault([], element), element);
}

/** All flows whose condition holds, else the default flow; undefined: an exception. BPMN 2.0.2, 13.4.3 and 13.4.5. */
export function inclusiveChoice(world: World, choice: Choice): readonly FlowIndex[] | undefined {
  const { element } = choice;
  const all = truths(world, choice);
  if (all.includes(undefined)) return undefined;
  return orNothing(
    orDefault(
      element.outgoing.filter((_, index) => all[index]),
      element,
    ),
    element,
  );
}

/**
 * Out of an activity or event: all flows without condition and all whose condition holds, the default flow where no
 * condition holds. BPMN 2.0.2, 13.3.1 and 8.4.13.
 */
export function implicitSplit(world: World, choice: Choice): readonly FlowIndex[] | undefined {
  const { element } = choice;
  const all = truths(world, choice);
  if (all.includes(undefined)) return undefined;
  const taken = element.outgoing.filter((_, index) => all[index]);
  const isChosen = taken.some((flow) => flowAt(world, flow).condition !== undefined);
  const more = !isChosen && element.defaultFlow !== undefined ? [element.defaultFlow] : [];
  return orNothing([...taken, ...more], element);
}
