import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { Database } from '../database.js';
import { openDatabase } from '../open-database.js';
import { migratedSqlite, migrateOnly, once } from './migrated.js';

/** A fresh, migrated database of one spec. */
export interface TestDatabase {
  readonly database: Database;
  readonly url: string;
  /** Closes the connections and opens the same database again, as a restarted server would. */
  reopen(): Promise<TestDatabase>;
  drop(): Promise<void>;
}

export interface TestDatabaseKind {
  readonly kind: string;
  open(): Promise<TestDatabase>;
}

const ADMIN_URL = process.env.CHANGTONG_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres';

const sqlite: TestDatabaseKind = {
  kind: 'SQLite',
  open: async () => {
    const migrated = await migratedSqlite();
    const folder = newFolder();
    const file = join(folder, 'test.db');
    writeFileSync(file, migrated);
    return opened(`sqlite:${file}`, async () => removeFolder(folder));
  },
};

const postgres: TestDatabaseKind = {
  kind: 'PostgreSQL',
  open: async () => {
    const source = await postgresTemplate();
    const name = newName();
    // Specs end processes, never PostgreSQL itself: nothing of theirs has to reach the disk.
    await administer(
      `CREATE DATABASE ${name} TEMPLATE ${source}`,
      `ALTER DATABASE ${name} SET synchronous_commit = off`,
    );
    return opened(urlOf(name), async () => void left.push(name));
  },
};

/** Made once for a file of specs, and copied for each of them. */
const postgresTemplate = once(async () => {
  const name = newName();
  left.push(name);
  await administer(`CREATE DATABASE ${name}`);
  await migrateOnly(urlOf(name));
  return name;
});

/** Databases that nobody uses any more: PostgreSQL writes all buffers for each drop, and once for drops at a time. */
const left: string[] = [];
const DROPS_AT_ONCE = 10;
afterAll(async () => {
  while (left.length > 0) await Promise.all(left.splice(0, DROPS_AT_ONCE).map(dropDatabase));
});

/** SQLite, and PostgreSQL where one answers at `CHANGTONG_TEST_POSTGRES` or on this machine. */
export const testDatabases: readonly TestDatabaseKind[] = (await postgresAnswers()) ? [sqlite, postgres] : [sqlite];
process.stderr.write(`Contract specs run on ${testDatabases.map((database) => database.kind).join(' and ')}.\n`);

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'changtong-'));
const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
const newName = (): string => `changtong_test_${randomBytes(6).toString('hex')}`;
const dropDatabase = (name: string): Promise<void> => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);

function urlOf(name: string): string {
  const url = new URL(ADMIN_URL);
  url.pathname = `/${name}`;
  return url.href;
}

async function opened(url: string, destroy: () => Promise<void>): Promise<TestDatabase> {
  const database = await openDatabase({ url });
  return {
    database,
    url,
    reopen: async () => {
      await database.close();
      const again = await opened(url, destroy);
      await again.database.migrate();
      return again;
    },
    drop: async () => {
      await database.close();
      await destroy();
    },
  };
}

async function administer(...statements: readonly string[]): Promise<void> {
  const admin = await new DataSource({ type: 'postgres', url: ADMIN_URL, connectTimeoutMS: 1500 }).initialize();
  try {
    for (const sql of statements) await admin.query(sql);
  } finally {
    await admin.destroy();
  }
}

async function postgresAnswers(): Promise<boolean> {
  return administer('SELECT 1').then(
    () => true,
    () => false,
  );
}
