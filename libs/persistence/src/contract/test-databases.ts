import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    const folder = mkdtempSync(join(tmpdir(), 'changtong-'));
    return migrated(`sqlite:${join(folder, 'test.db')}`, async () => rmSync(folder, { recursive: true, force: true }));
  },
};

const postgres: TestDatabaseKind = {
  kind: 'PostgreSQL',
  open: async () => {
    const name = `changtong_test_${randomBytes(6).toString('hex')}`;
    await administer(`CREATE DATABASE ${name}`);
    const url = new URL(ADMIN_URL);
    url.pathname = `/${name}`;
    return migrated(url.href, () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  },
};

/** SQLite, and PostgreSQL where one answers at `CHANGTONG_TEST_POSTGRES` or on this machine. */
export const testDatabases: readonly TestDatabaseKind[] = (await postgresAnswers()) ? [sqlite, postgres] : [sqlite];
process.stderr.write(`Contract specs run on ${testDatabases.map((database) => database.kind).join(' and ')}.\n`);

async function migrated(url: string, destroy: () => Promise<void>): Promise<TestDatabase> {
  const database = await openDatabase({ url });
  await database.migrate();
  return {
    database,
    url,
    reopen: async () => {
      await database.close();
      return migrated(url, destroy);
    },
    drop: async () => {
      await database.close();
      await destroy();
    },
  };
}

async function administer(sql: string): Promise<void> {
  const admin = await new DataSource({ type: 'postgres', url: ADMIN_URL, connectTimeoutMS: 1500 }).initialize();
  try {
    await admin.query(sql);
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
