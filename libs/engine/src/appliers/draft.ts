import type { InstanceState } from '../state.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type MapName =
  'elements' | 'variables' | 'userTasks' | 'jobs' | 'timers' | 'subscriptions' | 'calls' | 'incidents' | 'joins';
type Entry<K extends MapName> = InstanceState[K] extends Readonly<Record<string, infer V>> ? V : never;

/**
 * A private working copy of a state: a map is copied at its first change and then changed in place, so that many events
 * cost one copy. The state it was opened on never changes.
 */
export interface Draft {
  readonly state: Writable<InstanceState>;
  readonly owned: Set<MapName>;
}

const emptyState: InstanceState = {
  schema: 1,
  processInstanceKey: '',
  processDefinitionKey: '',
  bpmnProcessId: '',
  processVersion: 0,
  status: 'active',
  position: 0,
  elements: {},
  variables: {},
  userTasks: {},
  jobs: {},
  timers: {},
  subscriptions: {},
  calls: {},
  incidents: {},
  joins: {},
};

export function openDraft(state: InstanceState | undefined): Draft {
  return { state: { ...(state ?? emptyState) }, owned: new Set() };
}

export function writable<K extends MapName>(draft: Draft, name: K): Record<string, Entry<K>> {
  if (!draft.owned.has(name)) {
    draft.owned.add(name);
    draft.state[name] = { ...draft.state[name] };
  }
  return draft.state[name] as Record<string, Entry<K>>;
}

/** Removes an entry; the map is not copied where the entry is not there. */
export function remove(draft: Draft, name: MapName, key: string): void {
  if (Object.hasOwn(draft.state[name], key)) delete writable(draft, name)[key];
}
