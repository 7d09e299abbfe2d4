import type { DataSource, DataSourceOptions } from 'typeorm';
import type { Database, DatabaseRole } from './database.js';

/** Options of one of the two connections, for `TypeOrmModule.forRoot({ ...options, name: role })` or `new DataSource(options)`. */
export function dataSourceOptions(url: string, role: DatabaseRole): DataSourceOptions {
  throw new Error(`not yet: ${url} ${role}`);
}

/** Wraps two opened DataSources (those that Nest made, for instance). */
export function createDatabase(writer: DataSource, reader: DataSource): Database {
  throw new Error(`not yet: ${writer.name} ${reader.name}`);
}

/** Opens both connections of a database. `url`: `sqlite:<file>` or `postgres://...`. */
export async function openDatabase(options: { readonly url: string }): Promise<Database> {
  throw new Error(`not yet: ${options.url}`);
}
