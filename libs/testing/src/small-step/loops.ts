import type { MultiInstance, StandardLoop } from '#bpmn';
import { truthOf, valueOf } from './data.js';
import { listen } from './listening.js';
import { throwFromBody } from './throwing.js';
import { remember } from './compensation.js';
import { beginRun, goOn } from './loop-progress.js';
import { begin, childrenOf, elementOf, find, get, remove, toStage, type Instance, type World } from './world.js';

/** Begins the runs of a loop. BPMN 2.0.2, 10.3.8 and 13.3.7. Undefined where an expression of it fails. */
export function enterBody(world: World, body: Instance): true | undefined {
  const { multiInstance, standardLoop } = elementOf(world, body);
  if (multiInstance) return enterMultiInstance(world, body, multiInstance);
  return standardLoop ? enterStandardLoop(world, body, standardLoop) : undefined;
}

function enterMultiInstance(world: World, body: Instance, loop: MultiInstance): true | undefined {
  const items = itemsOf(world, body, loop);
  if (!items) return undefined;
  listen(world, body);
  body.loop = { items, started: 0, ended: 0 };
  toStage(world, body, items.length === 0 ? 'leaving' : 'active');
  const count = loop.isSequential ? Math.min(1, items.length) : items.length;
  for (let index = 0; index < count; index += 1) beginRun(world, body, loop);
  return true;
}

function itemsOf(world: World, body: Instance, { inputCollection, loopCardinality }: MultiInstance) {
  if (inputCollection) {
    const list = valueOf(world, body, inputCollection);
    return Array.isArray(list) ? (list as readonly unknown[]).map(plain) : undefined;
  }
  const count = loopCardinality && Number(valueOf(world, body, loopCardinality));
  return Number.isInteger(count) ? Array.from({ length: count ?? 0 }, (_, index) => index + 1) : undefined;
}

/** FEEL counts in its own numbers. */
const plain = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Number(value) : value);

/** Ends one run: throws what the behavior says, then the others are ended, go on, or the next begins. */
export function leaveRun(world: World, run: Instance): void {
  const { multiInstance, standardLoop } = elementOf(world, run);
  if (multiInstance) leaveInstance(world, run, multiInstance);
  else if (standardLoop) leaveIteration(world, run, standardLoop);
}

function leaveInstance(world: World, run: Instance, loop: MultiInstance): void {
  const body = get(world, run.scope);
  const isDone = isComplete(world, run, loop);
  const thrown = thrownBy(world, run, loop);
  if (isDone === undefined || thrown === undefined || !body.loop) {
    run.isStuck = true;
    return;
  }
  remember(world, run);
  remove(world, run);
  body.loop.ended += 1;
  for (const event of thrown) {
    if (find(world, body.id)) throwFromBody(world, body, event);
  }
  if (find(world, body.id)) goOn(world, body, loop, isDone);
}

/** BPMN 2.0.2, table 10.30: the condition sees how many instances there are, run, and have completed. */
function isComplete(world: World, run: Instance, { completionCondition }: MultiInstance): boolean | undefined {
  const body = get(world, run.scope);
  if (!completionCondition) return false;
  return truthOf(world, run, completionCondition, {
    numberOfInstances: body.loop?.items.length ?? 0,
    numberOfActiveInstances: childrenOf(world, body).length - 1,
    numberOfCompletedInstances: (body.loop?.ended ?? 0) + 1,
    numberOfTerminatedInstances: body.loop?.cancelled ?? 0,
  });
}

function thrownBy(world: World, run: Instance, { behavior }: MultiInstance) {
  if (!behavior || (behavior.kind === 'one' && get(world, run.scope).loop?.ended !== 0)) return [];
  const truths = behavior.throws.map(({ condition }) => (condition ? truthOf(world, run, condition) : true));
  if (truths.includes(undefined)) return undefined;
  return behavior.throws.filter((_, index) => truths[index]).map(({ event }) => event);
}

function enterStandardLoop(world: World, body: Instance, loop: StandardLoop): true | undefined {
  const { condition: _later, ...capped } = loop;
  const begins = goesOn(world, body, loop.testBefore ? loop : capped, 0);
  if (begins === undefined) return undefined;
  listen(world, body);
  toStage(world, body, begins ? 'active' : 'leaving');
  if (begins) begin(world, body.element, body.id, { counter: 1, variables: { loopCounter: 1 } });
  return true;
}

function leaveIteration(world: World, run: Instance, loop: StandardLoop): void {
  const body = get(world, run.scope);
  const counter = run.counter ?? 1;
  const again = goesOn(world, body, loop, counter);
  if (again === undefined) {
    run.isStuck = true;
    return;
  }
  remember(world, run);
  remove(world, run);
  if (!again) return toStage(world, body, 'leaving');
  begin(world, body.element, body.id, { counter: counter + 1, variables: { loopCounter: counter + 1 } });
}

function goesOn(world: World, body: Instance, { condition, maximum }: StandardLoop, done: number): boolean | undefined {
  if (maximum && done >= Number(valueOf(world, body, maximum))) return false;
  return condition ? truthOf(world, body, condition, { loopCounter: done }) : true;
}
