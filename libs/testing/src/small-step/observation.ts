import { elementAt, elementOf, find, flowAt, type Instance, type World } from './world.js';

/** The ids from the process inwards; the runs of a loop with their number. */
export function pathOf(world: World, instance: Instance): string {
  const own = `${elementOf(world, instance).id}${instance.counter === undefined ? '' : `#${instance.counter}`}`;
  const scope = find(world, instance.scope);
  return scope ? `${pathOf(world, scope)}/${own}` : own;
}

/** The variables that the conditions of the laws read. */
export const watched = ['choice', 'again', 'ready'] as const;

/** All that can be seen of a state at rest, one line each, sorted. */
export function observe(world: World): readonly string[] {
  const { status, instances, thrown } = world.state;
  if (status !== 'active') return [status, ...thrown.map((each) => `thrown ${each}`)].toSorted();
  const lines = instances.flatMap((instance) => linesOf(world, instance));
  return [...lines, ...thrown.map((each) => `thrown ${each}`)].toSorted();
}

function linesOf(world: World, instance: Instance): readonly string[] {
  const path = pathOf(world, instance);
  const { isStuck, variables, chosen, consumed } = instance;
  const values = watched.filter((name) => Object.hasOwn(variables, name));
  return [
    `${path}${isStuck ? ' stuck' : ''}`,
    ...values.map((name) => `${path} ${name}=${JSON.stringify(variables[name])}`),
    ...waits(world, instance).map((each) => `${path} waits ${each}`),
    ...tokens(world, instance).map((each) => `${path} token ${each}`),
    ...Object.entries(consumed).map(([gateway, flows]) => {
      const ids = flows.map((flow) => flowAt(world, flow).id).toSorted();
      return `${path} resets ${elementAt(world, Number(gateway)).id} ${ids.join()}`;
    }),
    ...(chosen.length > 0 ? [`${path} chose ${chosen.map((index) => elementAt(world, index).id).join()}`] : []),
  ];
}

function waits(world: World, { listening }: Instance): readonly string[] {
  return listening
    .filter(({ hasHappened }) => !hasHappened)
    .map(({ event, index, left }) => `${elementAt(world, event).id} ${index}${left === undefined ? '' : ` x${left}`}`);
}

/** Before an activity with a start quantity the standard does not tell tokens apart. */
function tokens(world: World, { tokens: all }: Instance): readonly string[] {
  return all.map(({ flow }) => {
    const { id, target } = flowAt(world, flow);
    const { startQuantity, id: targetId } = elementAt(world, target);
    return startQuantity === undefined ? id : targetId;
  });
}
