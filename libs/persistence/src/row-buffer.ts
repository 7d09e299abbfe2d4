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
  readonly rows: readonly PendingRow[];
}

const SEPARATOR = '\u0000';

/**
 * Collects row operations of a batch and keeps the net change of each row: an insert that is updated stays one insert,
 * an insert that is deleted vanishes. Order between rows does not matter, since the engine's tables have no foreign keys.
 */
export class RowBuffer {
  private readonly byTable = new Map<string, Map<string, PendingRow>>();

  constructor(private readonly tables: Tables) {}

  add(operation: RowOperation): void {
    if ('insert' in operation)
      return this.put(operation.insert, operation.row, (old) => ({
        kind: old?.kind === 'delete' ? 'upsert' : 'insert',
        row: operation.row,
      }));
    if ('upsert' in operation) return this.put(operation.upsert, operation.row, (old) => upserted(old, operation.row));
    if ('update' in operation)
      return this.put(operation.update, operation.key, (old) => updated(old, operation.key, operation.set));
    if (this.isPartial(operation.delete, operation.key)) return this.deleteAll(operation.delete, operation.key);
    return this.put(operation.delete, operation.key, (old) =>
      old?.kind === 'insert' ? undefined : { kind: 'delete', key: operation.key },
    );
  }

  /** Gives all net changes and forgets them. */
  take(): readonly TableChanges[] {
    const changes = [...this.byTable].map(([name, rows]) => ({ table: this.table(name), rows: [...rows.values()] }));
    this.byTable.clear();
    return changes;
  }

  /** A key that names only the first primary columns deletes all rows below it, also those that are not written yet. */
  private deleteAll(name: string, key: Row): void {
    const rows = this.rowsOf(name);
    const prefix = `${Object.values(key).map(String).join(SEPARATOR)}${SEPARATOR}`;
    for (const id of rows.keys()) if (id.startsWith(prefix)) rows.delete(id);
    rows.set(`${prefix}*`, { kind: 'delete', key });
  }

  private isPartial(name: string, key: Row): boolean {
    return Object.keys(key).length < this.table(name).primaryKey.length;
  }

  private rowsOf(name: string): Map<string, PendingRow> {
    const rows = this.byTable.get(name) ?? new Map<string, PendingRow>();
    this.byTable.set(name, rows);
    return rows;
  }

  private put(name: string, keyed: Row, next: (old: PendingRow | undefined) => PendingRow | undefined): void {
    const rows = this.rowsOf(name);
    const id = this.table(name)
      .primaryKey.map((column) => String(keyed[column]))
      .join(SEPARATOR);
    const pending = next(rows.get(id));
    if (pending) rows.set(id, pending);
    else rows.delete(id);
  }

  private table(name: string): TableMeta {
    const table = this.tables.get(name);
    if (!table) throw new Error(`Expected a table with an entity but found ${name}.`);
    return table;
  }
}

/** A row deleted before in the same batch is replaced by an upsert: whether the database still has it is not known here. */
function upserted(old: PendingRow | undefined, row: Row): PendingRow {
  return old?.kind === 'insert' ? { kind: 'insert', row: { ...old.row, ...row } } : { kind: 'upsert', row };
}

function updated(old: PendingRow | undefined, key: Row, set: Row): PendingRow {
  if (!old) return { kind: 'update', key, set };
  if (old.kind === 'delete') return old;
  if (old.kind === 'update') return { kind: 'update', key, set: { ...old.set, ...set } };
  return { kind: old.kind, row: { ...old.row, ...set } };
}
