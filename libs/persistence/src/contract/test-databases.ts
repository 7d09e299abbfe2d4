import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { Database } from '../database.js';
import { openDatabase } from '../open-database.js';

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
    const source = await sqliteTemplate();
    const folder = newFolder();
    const file = join(folder, 'test.db');
    copyFileSync(source, file);
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

/** Migrating costs far more than copying what was migrated, so each file of specs migrates once for each kind. */
const sqliteTemplate = once(async () => {
  templateFolder = newFolder();
  const file = join(templateFolder, 'template.db');
  await migrateOnly(`sqlite:${file}`);
  return file;
});
const postgresTemplate = once(async () => {
  const name = newName();
  left.push(name);
  await administer(`CREATE DATABASE ${name}`);
  await migrateOnly(urlOf(name));
  return name;
});
let templateFolder: string | undefined;

/** Databases that nobody uses any more: PostgreSQL writes all buffers for each drop, and once for drops at a time. */
const left: string[] = [];
const DROPS_AT_ONCE = 10;
afterAll(async () => {
  if (templateFolder !== undefined) removeFolder(templateFolder);
  while (left.length > 0) await Promise.all(left.splice(0, DROPS_AT_ONCE).map(dropDatabase));
});

/** SQLite, and PostgreSQL where one answers at `CHANGTONG_TEST_POSTGRES` or on this machine. */
export const testDatabases: readonly TestDatabaseKind[] = (await postgresAnswers()) ? [sqlite, postgres] : [sqlite];
process.stderr.write(`Contract specs run on ${testDatabases.map((database) => database.kind).join(' and ')}.\n`);

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'changtong-'));
const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
const newName = (): string => `changtong_test_${randomBytes(6).toString('hex')}`;
const dropDatabase = (name: string): Promise<void> => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);

function urlOf(name: string): string {
  const url = new URL(ADMIN_URL);
  url.pathname = `/${name}`;
  return url.href;
}

/** Closed afterwards, so that all of it is in the one file and the database can be copied. */
async function migrateOnly(url: string): Promise<void> {
  const database = await openDatabase({ url });
  await database.migrate();
  await database.close();
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
