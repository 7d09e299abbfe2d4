import 'reflect-metadata';
import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';
import type { Database, DatabaseRole, Dialect } from './database.js';
import { impatient } from './impatient-client.js';
import { engineEntities } from './entities/index.js';
import { migrations } from './migrations/index.js';
import { sqliteVersion } from './sqlite-version.js';
import { withEdges } from './migrations/with-edges.js';
import { productEntities } from './product/index.js';

/** Any number that no other application takes for a lock of its own in this database. */
const MIGRATION_LOCK = 7_310_589;
const CONNECT_TIMEOUT_MS = 5_000;

interface SqliteHandle {
  pragma(text: string): unknown;
}

/**
 * Options of one of the two connections, for `TypeOrmModule.forRoot({ ...options, name: role })` or
 * `new DataSource(options)`. `url`: `sqlite:<file>` or `postgres://...`; anything else throws. `timeoutMs`: how long a
 * statement may take on PostgreSQL; absent: as long as it takes.
 */
export function dataSourceOptions(url: string, role: DatabaseRole, timeoutMs?: number): DataSourceOptions {
  const common = {
    entities: [...engineEntities, ...productEntities],
    migrations: role === 'writer' ? migrations.map(withEdges) : [],
    migrationsTransactionMode: 'all' as const,
    synchronize: false,
    logging: false,
  };
  if (url.startsWith('sqlite:')) {
    return {
      ...common,
      type: 'better-sqlite3',
      database: url.slice('sqlite:'.length),
      enableWAL: true,
      statementCacheSize: 500,
      prepareDatabase,
    };
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    return {
      ...common,
      type: 'postgres',
      url,
      poolSize: role === 'writer' ? 3 : 10,
      applicationName: `changtong-${role}`,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      extra: { keepAlive: true, ...(timeoutMs === undefined ? {} : impatient(timeoutMs)) },
    };
  }
  throw new Error(
    `Expected DATABASE_URL to begin with sqlite: or postgres:// but it is ${JSON.stringify(url.split(':')[0])}.`,
  );
}

function prepareDatabase(handle: SqliteHandle): void {
  handle.pragma('busy_timeout = 10000');
  handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = FULL');
  handle.pragma('cache_size = -65536');
  // What is deleted in a page that is written anyway is overwritten: no destroyed key is left in the file.
  handle.pragma('secure_delete = FAST');
}

/** Wraps two opened DataSources (those that Nest made, for instance). */
export function createDatabase(writer: DataSource, reader: DataSource): Database {
  const dialect: Dialect = writer.options.type === 'postgres' ? 'postgres' : 'sqlite';
  const version = dialect === 'sqlite' ? sqliteVersion(reader) : undefined;
  return {
    dialect,
    writer,
    reader,
    migrate: () => (dialect === 'postgres' ? migratePatiently(writer) : migrate(writer)),
    version: () => version?.read(),
    committed: () => version?.committed(),
    ping: async () => void (await reader.query('SELECT 1')),
    close: async () => {
      if (reader.isInitialized) await reader.destroy();
      if (writer.isInitialized) await writer.destroy();
    },
  };
}

const migrate = async (writer: DataSource): Promise<readonly string[]> =>
  (await writer.runMigrations({ transaction: 'all' })).map((migration) => migration.name);

/** Over connections of its own: a migration takes as long as it takes. */
async function migratePatiently({ options }: DataSource): Promise<readonly string[]> {
  const patient = new DataSource({ ...options, extra: { keepAlive: true } } as DataSourceOptions);
  await patient.initialize();
  try {
    return await alone(patient, () => migrate(patient));
  } finally {
    await patient.destroy();
  }
}

/** Nodes that start at once migrate one after the other. */
async function alone<T>(writer: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = writer.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

/** Opens both connections of a database and runs nothing yet: call `migrate()` next. `timeoutMs` as in `dataSourceOptions`. */
export async function openDatabase(options: { readonly url: string; readonly timeoutMs?: number }): Promise<Database> {
  const open = (role: DatabaseRole) =>
    new DataSource(dataSourceOptions(options.url, role, options.timeoutMs)).initialize();
  const writer = await open('writer');
  return createDatabase(writer, await open('reader'));
}
