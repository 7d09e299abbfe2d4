import 'reflect-metadata';
import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';
import type { Database, DatabaseRole, Dialect } from './database.js';
import { engineEntities } from './entities/index.js';
import { migrations } from './migrations/index.js';
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
 * `new DataSource(options)`. `url`: `sqlite:<file>` or `postgres://...`; anything else throws.
 */
export function dataSourceOptions(url: string, role: DatabaseRole): DataSourceOptions {
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
      extra: { keepAlive: true },
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
}

/** Wraps two opened DataSources (those that Nest made, for instance). */
export function createDatabase(writer: DataSource, reader: DataSource): Database {
  const dialect: Dialect = writer.options.type === 'postgres' ? 'postgres' : 'sqlite';
  return {
    dialect,
    writer,
    reader,
    migrate: () => (dialect === 'postgres' ? alone(writer, () => migrate(writer)) : migrate(writer)),
    ping: async () => void (await reader.query('SELECT 1')),
    close: async () => {
      if (reader.isInitialized) await reader.destroy();
      if (writer.isInitialized) await writer.destroy();
    },
  };
}

const migrate = async (writer: DataSource): Promise<readonly string[]> =>
  (await writer.runMigrations({ transaction: 'all' })).map((migration) => migration.name);

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

/** Opens both connections of a database and runs nothing yet: call `migrate()` next. */
export async function openDatabase(options: { readonly url: string }): Promise<Database> {
  const writer = await new DataSource(dataSourceOptions(options.url, 'writer')).initialize();
  const reader = await new DataSource(dataSourceOptions(options.url, 'reader')).initialize();
  return createDatabase(writer, reader);
}
