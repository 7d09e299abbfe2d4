import type { Row } from '#runtime';
import { commitmentOf, linkOf, sha256 } from '../chain.js';
import type { Database } from '../database.js';
import type { RunQuery } from '../instance-cache.js';
import { readerQuery } from '../reader-query.js';
import { auditStart, type AuditHead } from './audit-log.js';
import { type AuditedTable, auditedTables, factsOf, idOf } from './audited-tables.js';

export interface AuditReport {
  readonly entries: number;
  /** Rows of audited tables that were held against their last entry. */
  readonly rows: number;
  /** Expected ... but found ..., the first hundred. */
  readonly faults: readonly string[];
}

const PAGE = 2_000;
const MOST_FAULTS = 100;
const ATTEMPTS = 3;

/** What the entries say: hash at positions that were asked for, last state of each row, and what was removed. */
export interface AuditWalk {
  readonly head: AuditHead;
  /** By table and key: digest of what the last entry says of the row; rows that are gone are left out. */
  readonly rows: ReadonlyMap<string, string>;
  /** Keys of process instances whose history was removed. */
  readonly removedInstances: ReadonlySet<string>;
  readonly hashAt: ReadonlyMap<number, string>;
  readonly faults: readonly string[];
}

/**
 * Follows the chain of the audit log and holds each row of the audited tables against the last entry about it (ADR 22).
 * Changes nothing. Where people go on working meanwhile, what does not fit is looked at again.
 */
export async function verifyAudit(database: Database): Promise<AuditReport> {
  for (let attempt = 1; ; attempt++) {
    const walked = await walkAudit(database);
    const report = await heldAgainst(database, walked);
    if (report.faults.length === 0 || attempt === ATTEMPTS) return report;
    const [now] = await readerQuery(database)('SELECT position FROM audit_head WHERE id = 1', []);
    if (Number(now?.position) === walked.head.position) return report;
  }
}

async function heldAgainst(database: Database, walked: AuditWalk): Promise<AuditReport> {
  const faults = [...walked.faults];
  let rows = 0;
  for (const table of auditedTables.values()) {
    if (!table.on.includes('insert')) continue;
    const checked = await checkRows(readerQuery(database), table, walked.rows);
    rows += checked.rows;
    faults.push(...checked.faults);
  }
  return { entries: walked.head.position, rows, faults: faults.slice(0, MOST_FAULTS) };
}

/** `positions`: where the hash is wanted. */
export async function walkAudit(database: Database, positions: ReadonlySet<number> = new Set()): Promise<AuditWalk> {
  const query = readerQuery(database);
  const before = await storedHead(query);
  const reading = new Reading(new Set([...positions, before.position]));
  for (let page: readonly Row[] = []; ;) {
    page = await query('SELECT * FROM audit_log WHERE position > ? ORDER BY position LIMIT ?', [reading.read, PAGE]);
    page.forEach((row) => reading.follow(row));
    if (page.length < PAGE) break;
  }
  return reading.result(before, await storedHead(query));
}

/** Position 0 where the row is gone. */
async function storedHead(query: RunQuery): Promise<AuditHead> {
  const [row] = await query('SELECT position, hash FROM audit_head WHERE id = 1', []);
  return { position: Number(row?.position ?? 0), hash: String(row?.hash) };
}

class Reading {
  /** Position of the last row that was read, wherever the chain stands. */
  read = 0;
  private head: AuditHead = { position: 0, hash: auditStart };
  private readonly rows = new Map<string, string>();
  private readonly removed = new Set<string>();
  private readonly hashAt = new Map<number, string>();
  private fault: string | undefined;

  constructor(private readonly positions: ReadonlySet<number>) {}

  /** After the first fault nothing more is told of the chain: all that follows hangs on it. */
  follow(row: Row): void {
    this.read = Number(row.position);
    if (this.fault === undefined) this.link(row);
    if (this.positions.has(this.read)) this.hashAt.set(this.read, String(row.hash));
    if (row.salt !== null) this.note(String(row.type), String(row.payload));
  }

  /** What is appended while it is read is between the head that was asked for before and the one after. */
  result(before: AuditHead, after: AuditHead): AuditWalk {
    const faults = this.fault === undefined ? [] : [this.fault];
    const atHead = before.position === 0 ? auditStart : this.hashAt.get(before.position);
    if (before.position > this.read)
      faults.push(`Expected ${before.position} entries in the audit log but it ends after ${this.read}.`);
    else if (atHead !== before.hash)
      faults.push(`Expected the head of the audit log to be entry ${before.position} but it has another hash.`);
    else if (after.position < this.read)
      faults.push(`Expected the audit log to end with entry ${after.position} but it goes on to ${this.read}.`);
    const { head, rows, removed: removedInstances, hashAt } = this;
    return { head, rows, removedInstances, hashAt, faults };
  }

  private link(row: Row): void {
    const position = Number(row.position);
    const expected = this.head.position + 1;
    if (position !== expected) {
      this.fault = `Expected entry ${expected} in the audit log but the next one is ${position}.`;
      return;
    }
    const commitment = row.salt === null ? String(row.commitment) : commitmentOf(String(row.salt), String(row.payload));
    const entry = { position, type: String(row.type), version: Number(row.version), at: Number(row.at) };
    const hash = linkOf(this.head.hash, entry, commitment);
    if (hash !== row.hash)
      this.fault = `Expected entry ${position} of the audit log as it was written but it, or one before it, was changed.`;
    else this.head = { position, hash };
  }

  private note(type: string, payload: string): void {
    const [name = '', change] = type.split('.');
    const [table, facts] = [auditedTables.get(name), readFacts(payload)];
    if (!table || !facts) return;
    const id = `${name} ${idOf(table, facts)}`;
    if (change === 'delete') this.rows.delete(id);
    else this.rows.set(id, digestOf(table, facts));
    if (name === 'process_instances' && change === 'delete') this.removed.add(String(facts.key));
  }
}

/** Undefined where it was damaged, which the chain tells. */
function readFacts(payload: string): Row | undefined {
  try {
    const facts: unknown = JSON.parse(payload);
    return typeof facts === 'object' && facts !== null ? (facts as Row) : undefined;
  } catch {
    return undefined;
  }
}

const digestOf = (table: AuditedTable, row: Row): string => sha256(JSON.stringify(factsOf(table, row)));

/** Rows by the order of their key; `known` has what the entries say of the rows of all tables. */
async function checkRows(query: RunQuery, table: AuditedTable, known: ReadonlyMap<string, string>) {
  const order = table.key.map((column) => `"${column}"`).join(', ');
  const marks = table.key.map(() => '?').join(', ');
  const faults: string[] = [];
  const seen = new Set<string>();
  for (let after: readonly unknown[] | undefined; ;) {
    const where = after ? `WHERE (${order}) > (${marks})` : '';
    const page: readonly Row[] = await query(`SELECT * FROM ${table.name} ${where} ORDER BY ${order} LIMIT ?`, [
      ...(after ?? []),
      PAGE,
    ]);
    for (const row of page) {
      const id = `${table.name} ${idOf(table, row)}`;
      seen.add(id);
      const expected = known.get(id);
      if (expected === undefined) faults.push(`Expected an entry of the audit log for ${id} but there is none.`);
      else if (expected !== digestOf(table, row))
        faults.push(`Expected ${id} as its last entry in the audit log says but it was changed.`);
    }
    if (page.length < PAGE) break;
    after = table.key.map((column) => page.at(-1)![column]);
  }
  for (const id of known.keys())
    if (id.startsWith(`${table.name} `) && !seen.has(id))
      faults.push(`Expected ${id}, of which the audit log says that it is there, but it was removed.`);
  return { rows: seen.size, faults };
}
