import type { Key } from '#engine';
import type { CaseQuery, Row, RowWrite } from '#runtime';
import { list } from '../dialect.js';
import { deadlineWrites, type DeadlineChanges } from './deadline-writes.js';

/** An instance whose rows are to be made again. */
export interface LedgerMark {
  readonly processInstanceKey: Key;
  readonly revision: number;
  /** Epoch that claimed it. */
  readonly claim: number;
}

/** All that one instance gives the read model; without `declarations` nothing, and what it gave is removed. */
export interface FollowedRows {
  readonly mark: LedgerMark;
  /** Of the facts that the rows were made of. */
  readonly revision: number;
  readonly declarations?: string;
  readonly fault?: string;
  readonly rows: readonly LedgerRowInput[];
  readonly cells: readonly LedgerCellInput[];
  readonly facts: readonly IndicatorFactInput[];
  readonly deadlines?: DeadlineChanges;
  /** Whose rows are to be made again, because they tell of this instance too. */
  readonly retold?: Retold;
}

export interface Retold {
  readonly caseKey: string;
  /** In the same case. */
  readonly processes: readonly string[];
  /** In the cases that this one names. */
  readonly named: readonly string[];
}

export interface LedgerRowInput {
  readonly ledgerId: string;
  readonly item: number;
  readonly caseKey: string | null;
  readonly drill: boolean;
  readonly endedAt: number | null;
  readonly cells: Readonly<Record<string, unknown>>;
}

export interface LedgerCellInput {
  readonly ledgerId: string;
  readonly item: number;
  readonly columnId: string;
  readonly sortText: string;
}

export interface IndicatorFactInput {
  readonly indicatorId: string;
  readonly item: number;
  readonly caseKey: string | null;
  /** Epoch ms. */
  readonly periodAt: number;
  readonly isNumerator: boolean;
  readonly value: number | null;
  readonly unit: string | null;
  readonly group: number | null;
}

/** Stored values are whole numbers of this part. */
const VALUE_UNIT = 1_000_000;
const TABLES = ['ledger_rows', 'ledger_cells', 'indicator_facts', 'ledger_positions'] as const;

/** Puts the rows of instances in place of what was there, and takes away the marks that nothing raised meanwhile. */
export function replacement(followed: readonly FollowedRows[], skipLocked: string): readonly RowWrite[] {
  const ordered = [...followed].sort((a, b) => Number(a.mark.processInstanceKey) - Number(b.mark.processInstanceKey));
  const keys = ordered.map(({ mark }) => mark.processInstanceKey);
  const some = list(keys.length);
  const inserts: readonly RowWrite[] = [
    { insert: 'ledger_rows', rows: ordered.flatMap(rowRows) },
    { insert: 'ledger_cells', rows: ordered.flatMap(cellRows) },
    { insert: 'indicator_facts', rows: ordered.flatMap(factRows) },
    { insert: 'ledger_positions', rows: ordered.flatMap(positionRows) },
  ];
  const seen = ordered.map(() => '(process_instance_key = ? AND revision = ?)').join(' OR ');
  return [
    ...TABLES.map((table) => ({ sql: `DELETE FROM ${table} WHERE process_instance_key IN ${some}`, params: keys })),
    ...inserts.filter((write) => 'insert' in write && write.rows.length > 0),
    ...ordered.flatMap(({ deadlines }) => (deadlines ? deadlineWrites(deadlines) : [])),
    {
      sql: `DELETE FROM ledger_marks WHERE process_instance_key IN (SELECT process_instance_key FROM ledger_marks
            WHERE ${seen} ORDER BY process_instance_key ${skipLocked})`,
      params: ordered.flatMap(({ mark }) => [mark.processInstanceKey, mark.revision]),
    },
    ...ordered.flatMap(({ mark, retold }) => (retold ? retellings(mark, retold) : [])),
  ];
}

function retellings(mark: LedgerMark, { caseKey, processes, named }: Retold): readonly RowWrite[] {
  const own = { sql: 'p.case_key = ?', params: [caseKey] };
  const namedBy = `p.case_key IN (SELECT origin_key FROM case_origins WHERE case_key = ? AND link = 'named')`;
  return [
    ...(processes.length === 0 ? [] : [retelling(mark, own, processes)]),
    ...(named.length === 0 ? [] : [retelling(mark, { sql: namedBy, params: [caseKey] }, named)]),
  ];
}

/**
 * Marks others by their case. A mark that somebody works off already is raised, so that it is not taken away with what
 * was read before; below zero, where no step of theirs raises it to.
 */
const retelling = ({ processInstanceKey }: LedgerMark, cases: CaseQuery, processes: readonly string[]): RowWrite => ({
  sql: `INSERT INTO ledger_marks (process_instance_key, revision)
    SELECT p."key", -1 FROM process_instances p
    WHERE ${cases.sql} AND p."key" <> ? AND p.bpmn_process_id IN ${list(processes.length)} ORDER BY p."key"
    ON CONFLICT (process_instance_key) DO UPDATE SET revision =
      CASE WHEN ledger_marks.revision > 0 THEN -1 ELSE ledger_marks.revision - 1 END`,
  params: [...cases.params, processInstanceKey, ...processes],
});

/** Keys have one width (ADR 14), so that the text sorts by instance and item. */
const rowKey = ({ mark }: FollowedRows, item: number): string =>
  `${mark.processInstanceKey.padStart(16, '0')}.${String(item).padStart(4, '0')}`;

const rowRows = (followed: FollowedRows): readonly Row[] =>
  followed.rows.map((row) => ({
    ledger_id: row.ledgerId,
    row_key: rowKey(followed, row.item),
    process_instance_key: followed.mark.processInstanceKey,
    case_key: row.caseKey,
    drill: row.drill,
    ended_at: row.endedAt,
    cells: JSON.stringify(row.cells),
  }));

/** The column in whose order cells stand, as one text. */
export const sortRef = ({ ledgerId, columnId }: { readonly ledgerId: string; readonly columnId: string }): string =>
  `${ledgerId}/${columnId}`;

const cellRows = (followed: FollowedRows): readonly Row[] =>
  followed.cells.map((cell) => ({
    ledger_id: cell.ledgerId,
    row_key: rowKey(followed, cell.item),
    column_id: cell.columnId,
    sort_ref: sortRef(cell),
    sort_text: cell.sortText,
    process_instance_key: followed.mark.processInstanceKey,
  }));

const factRows = (followed: FollowedRows): readonly Row[] =>
  followed.facts.map((fact) => ({
    indicator_id: fact.indicatorId,
    row_key: rowKey(followed, fact.item),
    process_instance_key: followed.mark.processInstanceKey,
    case_key: fact.caseKey,
    period_at: Math.round(fact.periodAt),
    is_numerator: fact.isNumerator,
    value_millionths: fact.value === null ? null : Math.round(fact.value * VALUE_UNIT),
    unit: fact.unit,
    compared_group: fact.group,
  }));

const positionRows = ({ mark, revision, declarations, fault }: FollowedRows): readonly Row[] =>
  declarations === undefined
    ? []
    : [{ process_instance_key: mark.processInstanceKey, revision, declarations, fault: fault ?? null }];
