import { expected } from '../lifecycle.js';
import type { ElementInstance, InstanceState, Key } from '../state.js';
import { Table, type Owner } from '../table.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type TableName = 'elements' | 'variables' | 'calls' | 'children' | OwnedName;
type Entry<K extends TableName> = InstanceState[K] extends Table<infer V> ? V : never;
/** Tables whose entries belong to one element instance. */
type OwnedName = 'userTasks' | 'jobs' | 'timers' | 'subscriptions' | 'conditions' | 'incidents';

type OwnedEntry = { readonly elementInstanceKey: Key };

/** A private working copy of a state, changed in place; the state it was opened on never changes. */
export interface Draft {
  readonly state: Writable<InstanceState>;
  readonly owner: Owner;
}

const emptyState: InstanceState = {
  schema: 2,
  processInstanceKey: '',
  processDefinitionKey: '',
  bpmnProcessId: '',
  processVersion: 0,
  status: 'active',
  position: 0,
  elements: Table.empty(),
  variables: Table.empty(),
  userTasks: Table.empty(),
  jobs: Table.empty(),
  timers: Table.empty(),
  subscriptions: Table.empty(),
  conditions: Table.empty(),
  calls: Table.empty(),
  incidents: Table.empty(),
  children: Table.empty(),
};

export function openDraft(state: InstanceState | undefined): Draft {
  return { state: { ...(state ?? emptyState) }, owner: {} };
}

export function put<K extends TableName>({ state, owner }: Draft, name: K, entry: readonly [Key, Entry<K>]): void {
  const table = state[name] as Table<unknown>;
  const next = table.with(owner, entry[0], entry[1]);
  if (next !== table) setTable(state, name, next);
}

export function remove({ state, owner }: Draft, name: TableName, key: Key): void {
  const table = state[name] as Table<unknown>;
  const next = table.without(owner, key);
  if (next !== table) setTable(state, name, next);
}

function setTable(state: Writable<InstanceState>, name: TableName, table: Table<unknown>): void {
  (state as unknown as Record<TableName, Table<unknown>>)[name] = table;
}

/** Adds what an element instance waits for, or what it is stopped by. */
export function own<K extends OwnedName>(draft: Draft, name: K, key: Key, entry: Entry<K> & OwnedEntry): void {
  put(draft, name, [key, entry]);
  const instance = instanceOf(draft, entry.elementInstanceKey);
  put(draft, 'elements', [instance.key, { ...instance, owns: [...(instance.owns ?? []), key] }]);
}

/** Takes it away again; harmless where it is gone. */
export function disown(draft: Draft, name: OwnedName, key: Key): void {
  const entry = draft.state[name].get(key);
  if (!entry) return;
  remove(draft, name, key);
  const instance = draft.state.elements.get(entry.elementInstanceKey);
  if (!instance?.owns) return;
  const { owns, ...rest } = instance;
  const left = owns.filter((each) => each !== key);
  put(draft, 'elements', [instance.key, left.length === 0 ? rest : { ...rest, owns: left }]);
}

export function instanceOf({ state }: Draft, key: Key): ElementInstance {
  return expected(state.elements.get(key), `element instance ${key}`);
}
