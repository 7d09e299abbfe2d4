import type { Row, RowOperation } from '#runtime';
import type { TableMeta, Tables } from './table-meta.js';

/** The net change of one row. */
export type PendingRow =
  | { readonly kind: 'insert'; readonly row: Row }
  | { readonly kind: 'upsert'; readonly row: Row }
  | { readonly kind: 'update'; readonly key: Row; readonly set: Row }
  | { readonly kind: 'delete'; readonly key: Row };

export interface TableChanges {
  readonly table: TableMeta;
  readonly rows: Iterable<PendingRow>;
}

interface PendingTable {
  readonly table: TableMeta;
  readonly rows: Map<string, PendingRow>;
  /** Ids of rows by their first primary column, where there are several: a delete may name fewer of them. */
  readonly idsByFirst: Map<string, string[]>;
}

const SEPARATOR = '\u0000';

/**
 * Collects row operations of a batch and keeps the net change of each row: an insert that is updated stays one insert,
 * an insert that is deleted vanishes. Order between rows does not matter, since the engine's tables have no foreign keys.
 */
export class RowBuffer {
  private readonly byTable = new Map<string, PendingTable>();

  constructor(private readonly tables: Tables) {}

  add(operation: RowOperation): void {
    if ('insert' in operation) return this.insert(operation.insert, operation.row);
    if ('upsert' in operation) return this.upsert(operation.upsert, operation.row);
    if ('update' in operation) return this.update(operation.update, operation.key, operation.set);
    this.delete(operation.delete, operation.key);
  }

  /** Gives all net changes and forgets them. */
  take(): readonly TableChanges[] {
    const changes = [...this.byTable.values()].map(({ table, rows }) => ({ table, rows: rows.values() }));
    this.byTable.clear();
    return changes;
  }

  private insert(name: string, row: Row): void {
    const pending = this.pending(name);
    const id = idOf(pending, row);
    const isReplaced = pending.rows.get(id)?.kind === 'delete';
    pending.rows.set(id, { kind: isReplaced ? 'upsert' : 'insert', row });
  }

  /** A row deleted before in the same batch is replaced by an upsert: whether the database still has it is not known here. */
  private upsert(name: string, row: Row): void {
    const pending = this.pending(name);
    const id = idOf(pending, row);
    const old = pending.rows.get(id);
    if (old?.kind === 'insert') pending.rows.set(id, { kind: 'insert', row: { ...old.row, ...row } });
    else pending.rows.set(id, { kind: 'upsert', row });
  }

  private update(name: string, key: Row, set: Row): void {
    const pending = this.pending(name);
    const id = idOf(pending, key);
    const old = pending.rows.get(id);
    if (!old) pending.rows.set(id, { kind: 'update', key, set });
    else if (old.kind === 'update') pending.rows.set(id, { kind: 'update', key, set: { ...old.set, ...set } });
    else if (old.kind !== 'delete') pending.rows.set(id, { kind: old.kind, row: { ...old.row, ...set } });
  }

  private delete(name: string, key: Row): void {
    const pending = this.pending(name);
    if (Object.keys(key).length < pending.table.primaryKey.length) return deleteBelow(pending, key);
    const id = idOf(pending, key);
    if (pending.rows.get(id)?.kind === 'insert') pending.rows.delete(id);
    else pending.rows.set(id, { kind: 'delete', key });
  }

  private pending(name: string): PendingTable {
    const known = this.byTable.get(name);
    if (known) return known;
    const table = this.tables.get(name);
    if (!table) throw new Error(`Expected a table with an entity but found ${name}.`);
    const pending: PendingTable = { table, rows: new Map(), idsByFirst: new Map() };
    this.byTable.set(name, pending);
    return pending;
  }
}

/** The values of the primary key as one text. */
function idOf({ table: { primaryKey }, rows, idsByFirst }: PendingTable, keyed: Row): string {
  const first = String(keyed[primaryKey[0]!]);
  if (primaryKey.length === 1) return first;
  let id = first;
  for (let index = 1; index < primaryKey.length; index++) id += SEPARATOR + String(keyed[primaryKey[index]!]);
  if (rows.has(id)) return id;
  const ids = idsByFirst.get(first);
  if (ids) ids.push(id);
  else idsByFirst.set(first, [id]);
  return id;
}

/** A key that names only the first primary columns deletes all rows below it, also those that are not written yet. */
function deleteBelow({ rows, idsByFirst }: PendingTable, key: Row): void {
  const values = Object.values(key).map(String);
  const prefix = `${values.join(SEPARATOR)}${SEPARATOR}`;
  for (const id of idsByFirst.get(values[0]!) ?? []) if (id.startsWith(prefix)) rows.delete(id);
  rows.set(`${prefix}*`, { kind: 'delete', key });
}
