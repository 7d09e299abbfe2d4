import type { CompensationRecord, ElementInstance, InstanceState, Key } from './state.js';
import { Table } from './table.js';

/** A state as `writeState` wrote it and `JSON.parse` gave it back; `schema` says which shape it has. */
export type StoredState = Readonly<Record<string, unknown>> & { readonly schema: 1 | 2 };

type Stored<T> = Readonly<Record<string, T>>;
type StoredRecord = Omit<CompensationRecord, 'inner'> & { readonly inner?: Stored<StoredRecord> };
type StoredElement = Omit<ElementInstance, 'multiInstance' | 'compensable' | 'compensation'> & {
  readonly compensable?: Stored<StoredRecord>;
  readonly compensation?: Omit<NonNullable<ElementInstance['compensation']>, 'pending'> & {
    readonly pending: Stored<StoredRecord>;
  };
  readonly multiInstance?: Omit<NonNullable<ElementInstance['multiInstance']>, 'outputs'> & {
    readonly outputs: Stored<unknown>;
  };
};

/** The stored form of a state, for `readState`; indexes that follow from the rest are left out. */
export function writeState({ children: _index, ...state }: InstanceState): string {
  return JSON.stringify(state);
}

/** Reads a stored snapshot back, of this version or an older one. */
export function readState(stored: StoredState): InstanceState {
  const { children: _index, ...current } = (stored.schema === 1 ? v1ToV2(stored) : stored) as Readonly<
    Record<string, Stored<unknown>>
  >;
  const tables = Object.fromEntries(
    tableNames.map((name) => [name, Table.of((current[name] ?? {}) as Stored<unknown>)]),
  );
  const elements = Table.of(mapValues(current['elements'] as Stored<StoredElement>, readElement));
  return { ...current, ...tables, elements, children: childrenOf(elements) } as unknown as InstanceState;
}

const tableNames = [
  'variables',
  'userTasks',
  'jobs',
  'timers',
  'subscriptions',
  'conditions',
  'calls',
  'incidents',
] as const;
const ownedNames = ['userTasks', 'jobs', 'timers', 'subscriptions', 'incidents'] as const;

function readElement({ multiInstance, compensable, compensation, ...element }: StoredElement): ElementInstance {
  return {
    ...element,
    ...(multiInstance && { multiInstance: { ...multiInstance, outputs: Table.of(multiInstance.outputs) } }),
    ...(compensable && { compensable: readRecords(compensable) }),
    ...(compensation && { compensation: { ...compensation, pending: readRecords(compensation.pending) } }),
  };
}

/** Nested as deep as the sub-processes of the diagram. */
function readRecords(records: Stored<StoredRecord>): Table<CompensationRecord> {
  return Table.of(
    mapValues(records, ({ inner, ...record }) => ({ ...record, ...(inner && { inner: readRecords(inner) }) })),
  );
}

function childrenOf(elements: Table<ElementInstance>): Table<Table<true>> {
  const owner = {};
  let children = Table.empty<Table<true>>();
  for (const { key, flowScopeKey } of elements.values()) {
    if (flowScopeKey === undefined) continue;
    const siblings = children.get(flowScopeKey) ?? Table.empty<true>();
    children = children.with(owner, flowScopeKey, siblings.with(owner, key, true));
  }
  return children;
}

/** Version 1 kept waiting tokens by place, outputs as a list, and no list of what an element instance owns. */
function v1ToV2(stored: StoredState): StoredState {
  const { joins, elements, ...rest } = stored as unknown as {
    readonly joins: Stored<Stored<number>>;
    readonly elements: Stored<Readonly<Record<string, unknown>>>;
  };
  const owns = ownedKeys(stored);
  const upgraded = mapValues(elements, (element, key) => {
    const { activeChildren: _count, multiInstance, ...kept } = element;
    const tokens = tokensOf(joins, key);
    return {
      ...kept,
      ...(owns.has(key) && { owns: owns.get(key) }),
      ...(Object.keys(tokens).length > 0 && { tokens }),
      ...(multiInstance !== undefined && { multiInstance: withOutputTable(multiInstance as { outputs: unknown[] }) }),
    };
  });
  return { ...rest, schema: 2, elements: upgraded } as StoredState;
}

function ownedKeys(stored: StoredState): ReadonlyMap<Key, readonly Key[]> {
  const owns = new Map<Key, Key[]>();
  for (const name of ownedNames) {
    for (const [key, { elementInstanceKey }] of Object.entries(stored[name] as Stored<{ elementInstanceKey: Key }>))
      owns.set(elementInstanceKey, [...(owns.get(elementInstanceKey) ?? []), key]);
  }
  return owns;
}

function tokensOf(joins: Stored<Stored<number>>, scopeKey: Key): Stored<Stored<number>> {
  const prefix = `${scopeKey}/`;
  const own = Object.entries(joins).filter(([place]) => place.startsWith(prefix));
  return Object.fromEntries(own.map(([place, counts]) => [place.slice(prefix.length), counts]));
}

function withOutputTable(progress: { readonly outputs: readonly unknown[] }) {
  return { ...progress, outputs: Object.fromEntries(progress.outputs.map((output, index) => [index + 1, output])) };
}

function mapValues<T, R>(record: Stored<T>, map: (value: T, key: string) => R): Stored<R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
