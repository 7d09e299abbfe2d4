import type { Row } from '#runtime';
import { sha256 } from '../chain.js';

export type AuditedChange = 'insert' | 'update' | 'delete';

/** A table whose changes stand in the audit log. */
export interface AuditedTable {
  readonly name: string;
  /** Primary key. */
  readonly key: readonly string[];
  /** What an entry says of a row, in this order; secrets are left out. */
  readonly columns: readonly string[];
  /** Columns of which an entry says the SHA-256 alone, as `<column>_sha256`: long ones, and those with secrets. */
  readonly hashed?: readonly string[];
  readonly on: readonly AuditedChange[];
  /** What an entry says of a row that was removed, where less than `columns`: such as one that must be forgotten. */
  readonly removed?: readonly string[];
}

const all = ['insert', 'update', 'delete'] as const;

const tables: readonly AuditedTable[] = [
  {
    name: 'access_log',
    key: ['access_key'],
    columns: [
      'access_key',
      'at',
      'account',
      'role',
      'class',
      'field',
      'case_key',
      'sealed_key',
      'process_instance_key',
      'reason',
      'purpose',
    ],
    on: all,
    removed: ['access_key'],
  },
  {
    name: 'config_sets',
    key: ['id'],
    columns: ['id', 'hash', 'source', 'published_at', 'published_by', 'message', 'approved_by'],
    on: all,
  },
  {
    name: 'case_destructions',
    key: ['destruction_key'],
    columns: [
      'destruction_key',
      'case_key',
      'case_no',
      'reason',
      'asked_by',
      'asked_at',
      'state',
      'decided_by',
      'decided_at',
      'comment',
    ],
    on: all,
  },
  {
    name: 'legal_holds',
    key: ['hold_key'],
    columns: [
      'hold_key',
      'case_key',
      'case_no',
      'reason',
      'placed_by',
      'placed_at',
      'lifted_by',
      'lifted_at',
      'lift_reason',
    ],
    on: all,
  },
  { name: 'case_keys', key: ['case_key'], columns: ['case_key', 'destroyed_at'], on: ['update', 'delete'] },
  {
    name: 'approvals',
    key: ['approval_key'],
    columns: [
      'approval_key',
      'kind',
      'message',
      'why',
      'author',
      'created_at',
      'state',
      'decided_by',
      'decided_at',
      'comment',
    ],
    hashed: ['changes'],
    on: all,
  },
  {
    name: 'accounts',
    key: ['id'],
    columns: [
      'id',
      'unit',
      'disabled',
      'created_at',
      'password_changed_at',
      'must_change_password',
      'changed_by',
      'approved_by',
    ],
    hashed: ['password_hash'],
    on: all,
  },
  { name: 'account_roles', key: ['account', 'role'], columns: ['account', 'role', 'changed_by'], on: all },
  { name: 'account_posts', key: ['account', 'post'], columns: ['account', 'post', 'changed_by'], on: all },
  {
    name: 'audit_seals',
    key: ['day'],
    columns: ['day', 'sealed_at', 'position', 'hash', 'instances', 'digest', 'node'],
    on: all,
  },
  { name: 'process_instances', key: ['key'], columns: ['key', 'position', 'chain_head'], on: ['delete'] },
];

export const auditedTables: ReadonlyMap<string, AuditedTable> = new Map(tables.map((table) => [table.name, table]));

/** What both databases agree on: SQLite gives 1 where PostgreSQL gives true, and numbers where it gives digits. */
const plain = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
};

const hashOf = (column: string): string => `${column}_sha256`;
const digest = (value: unknown): string | null => {
  const text = plain(value);
  return text === null ? null : sha256(text);
};

/** What an entry says of a row, or of what another entry said of it. */
export function factsOf(
  { columns, hashed = [], removed }: AuditedTable,
  row: Row,
  change: AuditedChange = 'update',
): Readonly<Record<string, string | null>> {
  const told = change === 'delete' ? (removed ?? columns) : columns;
  return Object.fromEntries([
    ...told.map((column) => [column, plain(row[column])] as const),
    ...hashed.map((column) => [hashOf(column), plain(row[hashOf(column)]) ?? digest(row[column])] as const),
  ]);
}

/** Names a row among those of its table. */
export const idOf = ({ key }: AuditedTable, facts: Row): string =>
  JSON.stringify(key.map((column) => plain(facts[column])));

const CHANGES = /^\s*(?:(INSERT)\s+INTO|(UPDATE)|(DELETE)\s+FROM)\s+"?(\w+)/i;

interface TableChange {
  readonly table: string;
  readonly change: AuditedChange;
}

/** Statements whose change is kept, since matching each anew costs more than looking it up; the code has far fewer. */
const TEXTS_KEPT = 1_000;
const known = new Map<string, TableChange | undefined>();

/** What a plain statement changes; undefined for any other. */
export function changeOf(sql: string): TableChange | undefined {
  if (known.has(sql)) return known.get(sql);
  const [, inserts, updates, , table] = CHANGES.exec(sql) ?? [];
  const change = inserts ? 'insert' : updates ? 'update' : 'delete';
  const found: TableChange | undefined = table === undefined ? undefined : { table, change };
  if (known.size < TEXTS_KEPT) known.set(sql, found);
  return found;
}

/** The audited table that a change has to be recorded of. */
export function auditedBy(changed: TableChange | undefined): AuditedTable | undefined {
  const table = changed && auditedTables.get(changed.table);
  return table?.on.includes(changed!.change) ? table : undefined;
}
