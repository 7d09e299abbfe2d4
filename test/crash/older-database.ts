import type { Database } from '#persistence';

/** Migrations that lose nothing of the load when they are taken back: what they add is empty there or made from other rows. */
const TAKEN_BACK = /^(MessageStarts|StartTimerAnchors|TaskHeaders)\d/;

/** Edges that starting the program on such a database passes in its migrations: before and after each. */
export const passesInMigration = 6;

/** Takes a filled database back to what an older version of the program left of it. */
export async function becomeOlder({ writer }: Database): Promise<void> {
  const runner = writer.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    for (const migration of olderMigrations(writer.migrations).toReversed()) {
      await migration.down(runner);
      await runner.query(`DELETE FROM migrations WHERE name = '${migration.name}'`);
    }
    await runner.commitTransaction();
  } finally {
    await runner.release();
  }
}

/** What is wrong with a database whose migration was cut off: all of it must be there or nothing. */
export async function cutOffFaults({ writer, reader }: Database): Promise<readonly string[]> {
  const names = olderMigrations(writer.migrations).map(({ name }) => `'${name}'`);
  const rows = (await reader.query(`SELECT name FROM migrations WHERE name IN (${names.join(', ')})`)) as unknown[];
  if (rows.length === 0 || rows.length === names.length) return [];
  return [`${rows.length} of ${names.length} migrations are there after a kill in the middle of them`];
}

type Migrations = Database['writer']['migrations'];

function olderMigrations(migrations: Migrations): Migrations {
  const found = migrations.filter(({ name = '' }) => TAKEN_BACK.test(name));
  if (found.length * 2 !== passesInMigration)
    throw new Error(`Expected ${passesInMigration / 2} migrations that can be taken back but found ${found.length}.`);
  return found;
}
