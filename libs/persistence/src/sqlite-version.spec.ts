import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';

describe('the version of a file of SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'changtong-version-'));
  let database: Database;

  beforeAll(async () => {
    database = await openDatabase({ url: `sqlite:${join(folder, 'version.sqlite')}` });
    await database.writer.query('CREATE TABLE t (n INTEGER)');
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const write = () => database.writer.query('INSERT INTO t VALUES (1)');

  it('is looked at once a turn, and again as soon as this process says that it has committed', async () => {
    await turn();
    const before = database.version();
    await write();
    const inTheSameTurn = database.version();
    database.committed();

    expect(inTheSameTurn).toBe(before);
    expect(database.version()).not.toBe(before);
  });

  it('is another one in the next turn when somebody else has committed', async () => {
    await turn();
    const before = database.version();
    await write();
    await turn();

    expect(database.version()).not.toBe(before);
  });
});
