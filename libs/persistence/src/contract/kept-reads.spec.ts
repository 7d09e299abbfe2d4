import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openDatabase } from '../open-database.js';
import {
  createAccountsRepository,
  createSessionsRepository,
  deleteSession,
  insertAccount,
  insertSession,
  replaceRoles,
  updateAccount,
  type AccountsRepository,
} from '../product/index.js';
import { createStore, type Store } from '../store.js';
import type { RowWrite } from '#runtime';
import { testDatabases, type TestDatabase } from './test-databases.js';

const act = { by: 'chief', at: 1_000 };
const clerk = {
  id: 'clerk',
  name: 'Clerk',
  unit: null,
  posts: [],
  roles: ['clerk'],
  disabled: false,
  passwordHash: 'hash',
};
const session = { tokenHash: 'token', account: 'clerk', createdAt: 1_000, expiresAt: 9_000 };

describe.each(testDatabases)('accounts and sessions that are kept on $kind', (kind) => {
  let test: TestDatabase;
  let store: Store;
  let accounts: AccountsRepository;

  const write = (writes: readonly RowWrite[]) =>
    store.commit({ decide: async () => ({ ok: true, reply: undefined, changes: { writes } }) });

  beforeEach(async () => {
    test = await kind.open();
    store = createStore(test.database);
    await store.join();
    accounts = createAccountsRepository(test.database);
    await write(insertAccount(clerk, act));
    await accounts.find('clerk');
  });

  afterEach(async () => {
    await store.close();
    await test.drop();
  });

  it('show that an account is disabled as soon as that is committed', async () => {
    await write(updateAccount('clerk', { disabled: true }, act));

    expect(await accounts.find('clerk')).toMatchObject({ disabled: true });
  });

  it('show other roles as soon as they are committed', async () => {
    await write(replaceRoles('clerk', ['head'], 'chief'));

    expect(await accounts.find('clerk')).toMatchObject({ roles: ['head'] });
  });

  it('show what another process has committed', async () => {
    const other = await openDatabase({ url: test.url });
    await other.writer.query(`UPDATE accounts SET password_hash = 'another' WHERE id = 'clerk'`);
    await other.close();

    expect(await accounts.find('clerk')).toMatchObject({ passwordHash: 'another' });
  });

  it('forget a session as soon as it is ended', async () => {
    const sessions = createSessionsRepository(test.database);
    await write(insertSession(session));
    const before = await sessions.findOpen('token', 2_000);
    await write(deleteSession('token'));

    expect(before).toEqual(session);
    expect(await sessions.findOpen('token', 2_000)).toBeUndefined();
  });

  it('let a session run out though nothing is committed', async () => {
    const sessions = createSessionsRepository(test.database);
    await write(insertSession(session));
    await sessions.findOpen('token', 2_000);

    expect(await sessions.findOpen('token', 9_000)).toBeUndefined();
  });

  it('do not keep a row that was read before a commit and arrives after it', async () => {
    const { reader } = test.database;
    const query = reader.query.bind(reader) as (...given: unknown[]) => Promise<unknown>;
    await write(updateAccount('clerk', { name: 'Clerk of the day' }, act));
    jest.spyOn(reader, 'query').mockImplementationOnce(async (...given: unknown[]) => {
      const rows = await query(...given);
      await write(updateAccount('clerk', { disabled: true }, act));
      return rows as never;
    });
    const early = await accounts.find('clerk');

    expect(early).toMatchObject({ disabled: false });
    expect(await accounts.find('clerk')).toMatchObject({ disabled: true });
  });
});

describe('accounts that are kept on SQLite', () => {
  it('are read once as long as nobody commits', async () => {
    const test = await testDatabases[0]!.open();
    const accounts = createAccountsRepository(test.database);
    await test.database.writer.query(
      `INSERT INTO accounts (id, name, password_hash, disabled, created_at) VALUES ('clerk', 'Clerk', 'hash', 0, 1)`,
    );
    const reads = jest.spyOn(test.database.reader, 'query');

    const found = [await accounts.find('clerk'), await accounts.find('clerk'), await accounts.find('clerk')];

    expect(found.map((account) => account?.id)).toEqual(['clerk', 'clerk', 'clerk']);
    expect(reads).toHaveBeenCalledTimes(1);
    await test.drop();
  });
});
