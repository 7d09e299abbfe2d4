import type { InstanceState } from '#engine';

/** What must hold in every state between two commands; each broken law is one text. */
export function brokenLaws(state: InstanceState): readonly string[] {
  return [...orphans(state), ...wrongCounts(state), ...restless(state), ...leftovers(state)];
}

function orphans({
  elements,
  userTasks,
  jobs,
  timers,
  subscriptions,
  calls,
  incidents,
  variables,
  joins,
}: InstanceState): readonly string[] {
  const owned = { userTasks, jobs, timers, subscriptions, calls, incidents };
  const lost = Object.entries(owned).flatMap(([kind, entries]) =>
    Object.entries(entries).flatMap(([key, { elementInstanceKey }]) =>
      elements[elementInstanceKey] ? [] : [`${kind} ${key} has no element`],
    ),
  );
  const scopes = [...Object.keys(variables), ...Object.keys(joins).map((place) => place.split('/')[0] ?? '')];
  const parents = Object.values(elements).flatMap(({ flowScopeKey }) =>
    flowScopeKey === undefined ? [] : [flowScopeKey],
  );
  return [
    ...lost,
    ...[...scopes, ...parents].filter((key) => !elements[key]).map((key) => `scope ${key} has no element`),
  ];
}

function wrongCounts({ elements }: InstanceState): readonly string[] {
  const all = Object.values(elements);
  const count = (key: string) => all.filter(({ flowScopeKey }) => flowScopeKey === key).length;
  return all
    .filter(({ key, activeChildren = 0 }) => activeChildren !== count(key))
    .map(({ key }) => `element ${key} miscounts its children`);
}

/** Between commands an element waits or is stuck, or a paused step would be forgotten. */
function restless({ elements, incidents }: InstanceState): readonly string[] {
  const stuck = new Set(Object.values(incidents).map(({ elementInstanceKey }) => elementInstanceKey));
  return Object.values(elements)
    .filter(({ key, state }) => state !== 'activated' && !stuck.has(key))
    .map(({ elementId, state }) => `${elementId} rests in ${state}`);
}

function leftovers(state: InstanceState): readonly string[] {
  if (state.status === 'active') return Object.keys(state.elements).length === 0 ? ['active without elements'] : [];
  const { elements, variables, userTasks, jobs, timers, subscriptions, calls, incidents, joins } = state;
  const maps = { elements, variables, userTasks, jobs, timers, subscriptions, calls, incidents, joins };
  return Object.entries(maps).flatMap(([name, entries]) =>
    Object.keys(entries).length === 0 ? [] : [`${name} left after the end`],
  );
}

/** Freezes a value through and through, so that any change of it throws. */
export function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
