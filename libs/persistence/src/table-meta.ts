import type { DataSource } from 'typeorm';

/** What the writer must know of a table: its primary key and the database types of its columns. */
export interface TableMeta {
  readonly name: string;
  readonly primaryKey: readonly string[];
  typeOf(column: string): string;
}

export type Tables = ReadonlyMap<string, TableMeta>;

/** Reads the tables of all entities of a DataSource. */
export function tablesOf(dataSource: DataSource): Tables {
  return new Map(
    dataSource.entityMetadatas.map((entity) => {
      const types = new Map(entity.columns.map((column) => [column.databaseName, String(column.type)]));
      const meta: TableMeta = {
        name: entity.tableName,
        primaryKey: entity.primaryColumns.map((column) => column.databaseName),
        typeOf: (column) => types.get(column) ?? 'text',
      };
      return [entity.tableName, meta];
    }),
  );
}
