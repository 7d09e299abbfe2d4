import type { Row, RowWrite } from '#runtime';
import type { Database } from '../database.js';
import { KeptReads } from '../kept-reads.js';
import { readerQuery } from '../reader-query.js';

export interface AccountRecord {
  readonly id: string;
  readonly name: string;
  readonly unit: string | null;
  readonly roles: readonly string[];
  /** Ids of the posts that it holds. */
  readonly posts: readonly string[];
  readonly disabled: boolean;
  readonly passwordHash: string;
  /** Its password was set by somebody else: its holder does nothing before it is changed. Absent: no. */
  readonly mustChangePassword?: boolean;
}

export interface AccountChanges {
  readonly name?: string | undefined;
  readonly unit?: string | null | undefined;
  readonly disabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
  readonly mustChangePassword?: boolean | undefined;
}

export interface AccountsRepository {
  /** As it stands now; the same object as before where nothing was committed meanwhile (`KeptReads`). */
  find(id: string): Promise<AccountRecord | undefined>;
  /** All accounts, by id. */
  list(): Promise<readonly AccountRecord[]>;
  count(): Promise<number>;
  /** Roles and posts that were ever given to the account, by the audit log. */
  everHeld(id: string): Promise<Pick<AccountRecord, 'roles' | 'posts'>>;
}

const ACCOUNTS = 'SELECT a.id, a.name, a.unit, a.disabled, a.password_hash, a.must_change_password';
/** One row for each role and each post; both columns are null for an account without any. */
const select = (
  where: string,
): string => `${ACCOUNTS}, r.role AS role, NULL AS post FROM accounts a LEFT JOIN account_roles r ON r.account = a.id ${where}
  UNION ALL ${ACCOUNTS}, NULL AS role, p.post AS post FROM accounts a JOIN account_posts p ON p.account = a.id ${where} ORDER BY 1, 7, 8`;

/** Reads accounts with their roles; what changes them is given as writes for the group commit. */
export function createAccountsRepository(database: Database): AccountsRepository {
  const query = readerQuery(database);
  const kept = new KeptReads(database, async (id) => toRecords(await query(select('WHERE a.id = ?'), [id, id]))[0]);
  return {
    find: (id) => kept.get(id),
    list: async () => toRecords(await query(select(''), [])),
    everHeld: async (id) => {
      const sql = `SELECT payload FROM audit_log WHERE type IN ('account_roles.insert', 'account_posts.insert') AND payload LIKE ?`;
      const rows = await query(sql, [`%${JSON.stringify(id)}%`]);
      const given = rows
        .map(({ payload }) => JSON.parse(String(payload)) as Row)
        .filter(({ account }) => account === id);
      const of = (column: 'role' | 'post') => given.flatMap((row) => (row[column] ? [String(row[column])] : []));
      return { roles: of('role'), posts: of('post') };
    },
    count: async () => Number((await query('SELECT COUNT(*) AS n FROM accounts', []))[0]?.['n'] ?? 0),
  };
}

/** Who changes an account, who approved it where that was needed, and when (epoch ms). */
export interface AccountAct {
  readonly by: string;
  readonly approvedBy?: string | null;
  readonly at: number;
}

/** Writes that create an account; refused with `conflict` by the primary key where the id is taken. */
export function insertAccount(account: AccountRecord, { by, approvedBy = null, at }: AccountAct): RowWrite[] {
  const { id, name, unit, disabled, passwordHash, mustChangePassword = false } = account;
  const password = { password_hash: passwordHash, must_change_password: mustChangePassword };
  const row = { id, name, unit, disabled, ...password, created_at: at };
  return [
    { insert: 'accounts', rows: [{ ...row, password_changed_at: at, changed_by: by, approved_by: approvedBy }] },
    ...insertParts('role', id, account.roles, by),
    ...insertParts('post', id, account.posts, by),
  ];
}

/** Writes that change the given columns of an account; without any, they note who changed what hangs on it. */
export function updateAccount(
  id: string,
  { name, unit, disabled, passwordHash, mustChangePassword }: AccountChanges,
  { by, approvedBy = null, at }: AccountAct,
): RowWrite[] {
  const password = passwordHash === undefined ? {} : { password_hash: passwordHash, password_changed_at: at };
  const parts = { name, unit, disabled, ...password, must_change_password: mustChangePassword };
  const columns = Object.entries({ ...parts, changed_by: by, approved_by: approvedBy }).filter(
    ([, value]) => value !== undefined,
  );
  const assignments = columns.map(([column]) => `${column} = ?`).join(', ');
  const params = [...columns.map(([, value]) => value), id];
  return [{ sql: `UPDATE accounts SET ${assignments} WHERE id = ?`, params, expectRows: 1 }];
}

/** Writes that put other roles in the place of those that an account has. */
export const replaceRoles = (id: string, roles: readonly string[], by: string): RowWrite[] =>
  replaceParts('role', id, roles, by);

/** Writes that put other posts in the place of those that an account holds. */
export const replacePosts = (id: string, posts: readonly string[], by: string): RowWrite[] =>
  replaceParts('post', id, posts, by);

type Part = 'role' | 'post';

/** Who takes a part away is noted in its row first: the log tells of the row as it was. */
function replaceParts(part: Part, account: string, ids: readonly string[], by: string): RowWrite[] {
  const table = `account_${part}s`;
  return [
    { sql: `UPDATE ${table} SET changed_by = ? WHERE account = ?`, params: [by, account] },
    { sql: `DELETE FROM ${table} WHERE account = ?`, params: [account] },
    ...insertParts(part, account, ids, by),
  ];
}

function insertParts(part: Part, account: string, ids: readonly string[], by: string): RowWrite[] {
  const rows = [...new Set(ids)].map((id) => ({ account, [part]: id, changed_by: by }));
  return rows.length === 0 ? [] : [{ insert: `account_${part}s`, rows }];
}

function toRecords(rows: readonly Row[]): AccountRecord[] {
  const byId = new Map<string, Row[]>();
  for (const row of rows) byId.set(String(row['id']), [...(byId.get(String(row['id'])) ?? []), row]);
  return [...byId.values()].map(toRecord);
}

function toRecord(rows: readonly Row[]): AccountRecord {
  const first = rows[0] ?? {};
  return {
    id: String(first['id']),
    name: String(first['name']),
    unit: first['unit'] === null ? null : String(first['unit']),
    roles: textsOf(rows, 'role'),
    posts: textsOf(rows, 'post'),
    disabled: first['disabled'] === true || first['disabled'] === 1,
    passwordHash: String(first['password_hash']),
    mustChangePassword: first['must_change_password'] === true || first['must_change_password'] === 1,
  };
}

function textsOf(rows: readonly Row[], column: string): string[] {
  return rows.map((row) => row[column]).filter((value): value is string => typeof value === 'string');
}
