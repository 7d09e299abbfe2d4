import type { CompensationRecord, ElementInstance, Key, Variables } from '../state.js';
import { Table } from '../table.js';
import { change, instanceOf, put, type Draft } from './draft.js';
import type { Appliers, EventOf } from './index.js';

export const compensationAppliers: Pick<Appliers, 'compensationTriggered' | 'transactionCancelled'> = {
  compensationTriggered(draft, { elementInstanceKey, scopeKey, records, hasLeft }) {
    moveRecords(draft, scopeKey, elementInstanceKey, records);
    const instance = instanceOf(draft, elementInstanceKey);
    if (!hasLeft || !instance.compensation) return;
    change(draft, instance, { compensation: { ...instance.compensation, hasLeft } });
  },
  transactionCancelled(draft, { elementInstanceKey: key }) {
    const transaction = instanceOf(draft, key);
    change(draft, transaction, { tokens: undefined, resets: undefined, isCancelled: true });
    moveRecords(draft, key, key, transaction.compensable?.keys() ?? []);
  },
};

/** Records leave the scope and wait at who works them off. */
function moveRecords(draft: Draft, scopeKey: Key, toKey: Key, keys: readonly string[]): void {
  const scope = instanceOf(draft, scopeKey);
  let left = scope.compensable ?? Table.empty<CompensationRecord>();
  let pending = instanceOf(draft, toKey).compensation?.pending ?? Table.empty<CompensationRecord>();
  for (const key of keys) {
    const record = left.get(key);
    if (!record) continue;
    left = left.without(draft.owner, key);
    pending = pending.with(draft.owner, key, { ...record, scopeKey });
  }
  change(draft, scope, { compensable: left.size === 0 ? undefined : left });
  const worker = instanceOf(draft, toKey);
  change(draft, worker, { compensation: { ...worker.compensation, pending } });
}

/** Records that wait at an instance go back to the scopes in which they were left. */
export function returnPending(draft: Draft, { key, compensation }: ElementInstance): void {
  for (const [recordKey, { scopeKey = key, ...record }] of compensation?.pending ?? []) {
    const scope = instanceOf(draft, scopeKey);
    const compensable = (scope.compensable ?? Table.empty<CompensationRecord>()).with(draft.owner, recordKey, record);
    change(draft, scope, { compensable });
  }
}

/** What a handler or a scope made again begins with: the variables, and what completed inside, as they were. */
export function takeRecord(
  draft: Draft,
  key: Key,
  elementId: string,
  { elementInstanceKey, record: recordKey }: NonNullable<EventOf<'elementActivating'>['compensates']>,
): Partial<ElementInstance> {
  const worker = instanceOf(draft, elementInstanceKey);
  const record = worker.compensation?.pending.get(recordKey);
  if (!worker.compensation || !record) return { compensates: elementInstanceKey };
  const pending = worker.compensation.pending.without(draft.owner, recordKey);
  change(draft, worker, { compensation: { ...worker.compensation, pending, running: key } });
  if (record.variables) put(draft, 'variables', [key, record.variables]);
  if (record.elementId !== elementId) return { compensates: elementInstanceKey };
  return {
    compensates: elementInstanceKey,
    isCompensating: true,
    ...(record.isPartial && { isPartial: true as const }),
    ...(record.inner && { compensable: record.inner }),
  };
}

/** The next record may be worked off. */
export function endHandler(draft: Draft, workerKey: Key): void {
  const worker = draft.state.elements.get(workerKey);
  if (!worker?.compensation) return;
  const { running: _ended, ...compensation } = worker.compensation;
  change(draft, worker, { compensation });
}

/** A loop body hands the records of its instances on; everything else leaves one of its own. */
export function keepRecord(
  draft: Draft,
  instance: ElementInstance,
  variables: Variables | undefined,
  isPartial: boolean,
): void {
  const { elementId, flowScopeKey, compensable, multiInstance } = instance;
  if (flowScopeKey === undefined) return;
  const record = {
    elementId,
    ...(variables && { variables }),
    ...(compensable && { inner: compensable }),
    ...(isPartial && { isPartial: true as const }),
  };
  const added: Iterable<readonly [string, CompensationRecord]> = multiInstance
    ? (compensable ?? [])
    : [[String(draft.state.position), record]];
  const scope = instanceOf(draft, flowScopeKey);
  let records = scope.compensable ?? Table.empty<CompensationRecord>();
  for (const [key, each] of added) records = records.with(draft.owner, key, each);
  change(draft, scope, { compensable: records.size === 0 ? undefined : records });
}
