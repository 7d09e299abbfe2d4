import type { CompensationRecord, ElementInstance } from '../state.js';
import { Table, type Owner } from '../table.js';
import { change, put, type Draft } from './draft.js';
import type { EventOf } from './index.js';

type Rename = (elementId: string) => string;

/** Everything that is alive keeps its key and takes the ids of the new definition. */
export function applyMigration(draft: Draft, event: EventOf<'processInstanceMigrated'>): void {
  const { state } = draft;
  const rename: Rename = (id) => event.elements[id] ?? id;
  state.processDefinitionKey = event.processDefinitionKey;
  state.bpmnProcessId = event.bpmnProcessId;
  state.processVersion = event.processVersion;
  for (const instance of state.elements.values()) change(draft, instance, renamed(draft.owner, instance, rename));
  for (const [key, timer] of state.timers)
    put(draft, 'timers', [key, { ...timer, elementId: rename(timer.elementId) }]);
  for (const [key, condition] of state.conditions)
    put(draft, 'conditions', [key, { ...condition, elementId: rename(condition.elementId) }]);
  for (const [key, subscription] of state.subscriptions) {
    const elementId = rename(subscription.elementId);
    const isInterrupting = event.interrupting[elementId] ?? subscription.isInterrupting;
    put(draft, 'subscriptions', [key, { ...subscription, elementId, isInterrupting }]);
  }
}

function renamed(owner: Owner, instance: ElementInstance, rename: Rename): Partial<ElementInstance> {
  const { tokens, resets, happened, compensable, compensation, adHoc } = instance;
  return {
    elementId: rename(instance.elementId),
    ...(tokens && { tokens: renamedKeys(tokens, rename) }),
    ...(resets && { resets: renamedKeys(resets, rename) }),
    ...(happened && { happened: renamedKeys(happened, rename) }),
    ...(compensable && { compensable: renamedRecords(owner, compensable, rename) }),
    ...(compensation && {
      compensation: { ...compensation, pending: renamedRecords(owner, compensation.pending, rename) },
    }),
    ...(adHoc && {
      adHoc: { ...adHoc, chosen: adHoc.chosen.map((each) => ({ ...each, elementId: rename(each.elementId) })) },
    }),
  };
}

function renamedKeys<T>(record: Readonly<Record<string, T>>, rename: Rename): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [rename(id), value]));
}

/** Nested as deep as the sub-processes of the diagram. */
function renamedRecords(owner: Owner, records: Table<CompensationRecord>, rename: Rename): Table<CompensationRecord> {
  let all = Table.empty<CompensationRecord>();
  for (const [key, { inner, ...record }] of records) {
    const within = inner && { inner: renamedRecords(owner, inner, rename) };
    all = all.with(owner, key, { ...record, elementId: rename(record.elementId), ...within });
  }
  return all;
}
