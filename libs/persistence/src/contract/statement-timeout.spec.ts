import { unavailableReason } from '../failures.js';
import { openDatabase } from '../open-database.js';
import { testDatabases, type TestDatabase } from './test-databases.js';

const onPostgres = testDatabases.length > 1 ? describe : describe.skip;

onPostgres('the time that a statement may take on PostgreSQL', () => {
  let test: TestDatabase;

  beforeEach(async () => {
    test = await testDatabases[1]!.open();
  });

  afterEach(async () => {
    await test.drop();
  });

  /** The refusal may come a moment before the database shows that it has ended the statement, which would last 20 s. */
  async function endsWithin(ms: number): Promise<boolean> {
    const until = Date.now() + ms;
    for (;;) {
      const running = (await test.database.reader.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep%'`,
      )) as unknown[];
      if (running.length === 0 || Date.now() > until) return running.length === 0;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('is kept by the database, which ends the statement and goes on', async () => {
    const database = await openDatabase({ url: test.url, timeoutMs: 300 });

    const refused = await database.reader.query('SELECT pg_sleep(20)').catch((cause: unknown) => cause);
    const hasEnded = await endsWithin(5_000);
    await database.ping();
    await database.close();

    expect(unavailableReason(refused)).toBe('unreachable');
    expect(hasEnded).toBe(true);
  });

  it('does not bound a migration', async () => {
    const database = await openDatabase({ url: test.url, timeoutMs: 300 });
    const other = await test.database.reader.createQueryRunner();
    await other.query('SELECT pg_advisory_lock(7310589)');

    const migrating = database.migrate();
    await new Promise((resolve) => setTimeout(resolve, 900));
    await other.query('SELECT pg_advisory_unlock(7310589)');
    await other.release();
    const names = await migrating;
    await database.close();

    expect(names).toEqual([]);
  });
});
