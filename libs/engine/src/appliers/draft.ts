import { InvariantViolation } from '../lifecycle.js';
import type { ElementInstance, InstanceState, Key } from '../state.js';
import { Table, type Owner } from '../table.js';
import { copyOf } from './element-instance.js';

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
  /** The state it was opened on. */
  readonly before: InstanceState | undefined;
  /** An emptied index of children, for the next scope that needs one: in a sequence each element would make its own. */
  spareChildren?: Table<true> | undefined;
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
  return { state: { ...(state ?? emptyState) }, owner: {}, before: state };
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

export function putInstance({ state, owner }: Draft, instance: ElementInstance): void {
  state.elements = state.elements.with(owner, instance.key, instance);
}

/** Changes some fields of an element instance; undefined takes one away. */
export function change(draft: Draft, instance: ElementInstance, changes: Partial<ElementInstance>): void {
  putInstance(draft, Object.assign(copyOf(instance), changes));
}

/** Adds what an element instance waits for, or what it is stopped by. */
export function own<K extends OwnedName>(draft: Draft, name: K, key: Key, entry: Entry<K> & OwnedEntry): void {
  put(draft, name, [key, entry]);
  const next = copyOf(instanceOf(draft, entry.elementInstanceKey));
  next.owns = next.owns ? [...next.owns, key] : [key];
  putInstance(draft, next);
}

/** Takes it away again; harmless where it is gone. */
export function disown(draft: Draft, name: OwnedName, key: Key): void {
  const entry = draft.state[name].get(key);
  if (!entry) return;
  remove(draft, name, key);
  const instance = draft.state.elements.get(entry.elementInstanceKey);
  if (!instance?.owns) return;
  const next = copyOf(instance);
  next.owns = instance.owns.length === 1 ? undefined : instance.owns.filter((each) => each !== key);
  putInstance(draft, next);
}

export function instanceOf({ state }: Draft, key: Key): ElementInstance {
  const instance = state.elements.get(key);
  if (instance === undefined) throw new InvariantViolation(`Expected element instance ${key} but it is missing.`);
  return instance;
}
