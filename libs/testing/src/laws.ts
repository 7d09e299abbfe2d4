import type { InstanceState } from '#engine';

/** What must hold in every state between two commands; each broken law is one text. */
export function brokenLaws(state: InstanceState): readonly string[] {
  return [...orphans(state), ...wrongIndexes(state), ...restless(state), ...leftovers(state)];
}

const ownedNames = ['userTasks', 'jobs', 'timers', 'subscriptions', 'conditions', 'incidents'] as const;
const tableNames = [...ownedNames, 'elements', 'variables', 'calls', 'children'] as const;

function orphans(state: InstanceState): readonly string[] {
  const { elements, variables, children } = state;
  const lost = [...ownedNames, 'calls' as const].flatMap((name) =>
    ownersOf(state, name).flatMap(([key, owner]) => (elements.has(owner) ? [] : [`${name} ${key} has no element`])),
  );
  const parents = elements.values().flatMap(({ flowScopeKey }) => (flowScopeKey === undefined ? [] : [flowScopeKey]));
  const scopes = [...variables.keys(), ...children.keys(), ...parents];
  return [...lost, ...scopes.filter((key) => !elements.has(key)).map((key) => `scope ${key} has no element`)];
}

function ownersOf(state: InstanceState, name: (typeof ownedNames)[number] | 'calls') {
  const entries: Iterable<readonly [string, { readonly elementInstanceKey: string }]> = state[name];
  return [...entries].map(([key, { elementInstanceKey }]) => [key, elementInstanceKey] as const);
}

/** What is kept twice for speed says the same twice. */
function wrongIndexes(state: InstanceState): readonly string[] {
  const all = state.elements.values();
  const wrongChildren = all.filter(({ key }) => {
    const living = all.filter(({ flowScopeKey }) => flowScopeKey === key).map((child) => child.key);
    return String(state.children.get(key)?.keys() ?? []) !== String(living);
  });
  const wrongOwns = all.filter(({ key, owns = [] }) => {
    const owned = ownedNames.flatMap((name) => ownersOf(state, name).filter(([, owner]) => owner === key));
    return String(owns.toSorted()) !== String(owned.map(([ownKey]) => ownKey).toSorted());
  });
  return [
    ...wrongChildren.map(({ key }) => `element ${key} does not know its children`),
    ...wrongOwns.map(({ key }) => `element ${key} does not know what it owns`),
  ];
}

/** Between commands an element waits, for a listener too, or is stuck, or a paused step would be forgotten. */
function restless({ elements, incidents, jobs, children }: InstanceState): readonly string[] {
  const stuck = new Set(incidents.values().map(({ elementInstanceKey }) => elementInstanceKey));
  return elements
    .values()
    .filter(({ key, state, owns = [], compensation }) => {
      const isIdle = compensation !== undefined && compensation.running === undefined;
      const waits = owns.some((own) => jobs.has(own));
      const isHeld = state === 'terminating' && children.has(key);
      return (state !== 'activated' || isIdle) && !waits && !isHeld && !stuck.has(key);
    })
    .map(({ elementId, state }) => `${elementId} rests in ${state}`);
}

function leftovers(state: InstanceState): readonly string[] {
  if (state.status === 'active') return state.elements.size === 0 ? ['active without elements'] : [];
  return tableNames.filter((name) => state[name].size > 0).map((name) => `${name} left after the end`);
}
