import type { Row, RowWrite } from '#runtime';
import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';
import { asNumberOrNull, asTextOrNull } from '../records.js';

/** That the key of a case be destroyed: asked by one person, decided by another. Times are epoch ms. */
export interface CaseDestruction {
  readonly key: string;
  readonly caseKey: string;
  readonly caseNo: string | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly state: 'waiting' | 'destroyed' | 'rejected';
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly comment: string | null;
}

/** That a case must be kept. */
export interface LegalHold {
  readonly key: string;
  readonly caseKey: string;
  readonly caseNo: string | null;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedAt: number;
  readonly liftedBy: string | null;
  readonly liftedAt: number | null;
  readonly liftReason: string | null;
}

export interface DestructionQueries {
  destruction(key: string): Promise<CaseDestruction | undefined>;
  /** Newest first. */
  destructions(limit: number): Promise<readonly CaseDestruction[]>;
  /** Those of one case, newest first. */
  destructionsOf(caseKey: string): Promise<readonly CaseDestruction[]>;
  /** The hold that is in force. */
  holdOn(caseKey: string): Promise<LegalHold | undefined>;
  /** Newest first, the lifted ones too. */
  holds(limit: number): Promise<readonly LegalHold[]>;
  /** Those of one case, newest first, the lifted ones too. */
  holdsOf(caseKey: string): Promise<readonly LegalHold[]>;
}

export function createDestructionQueries(database: Database): DestructionQueries {
  const query = readerQuery(database);
  return {
    destruction: async (key) =>
      (await query('SELECT * FROM case_destructions WHERE destruction_key = ?', [key])).map(toDestruction)[0],
    destructions: async (limit) =>
      (
        await query('SELECT * FROM case_destructions ORDER BY asked_at DESC, destruction_key DESC LIMIT ?', [limit])
      ).map(toDestruction),
    destructionsOf: async (caseKey) =>
      (
        await query('SELECT * FROM case_destructions WHERE case_key = ? ORDER BY asked_at DESC, destruction_key DESC', [
          caseKey,
        ])
      ).map(toDestruction),
    holdOn: async (caseKey) =>
      (await query('SELECT * FROM legal_holds WHERE case_key = ? AND lifted_at IS NULL', [caseKey])).map(toHold)[0],
    holds: async (limit) =>
      (await query('SELECT * FROM legal_holds ORDER BY placed_at DESC, hold_key DESC LIMIT ?', [limit])).map(toHold),
    holdsOf: async (caseKey) =>
      (
        await query('SELECT * FROM legal_holds WHERE case_key = ? ORDER BY placed_at DESC, hold_key DESC', [caseKey])
      ).map(toHold),
  };
}

type Asked = Pick<CaseDestruction, 'key' | 'caseKey' | 'caseNo' | 'reason' | 'askedBy' | 'askedAt'>;
type Placed = Pick<LegalHold, 'key' | 'caseKey' | 'caseNo' | 'reason' | 'placedBy' | 'placedAt'>;

interface Decision {
  readonly state: 'destroyed' | 'rejected';
  readonly by: string;
  readonly at: number;
  readonly comment: string;
}

/** One case waits for one decision at a time: a second one meets `conflict`. */
export const insertDestruction = ({ key, caseKey, caseNo, reason, askedBy, askedAt }: Asked): RowWrite[] => [
  {
    insert: 'case_destructions',
    rows: [
      {
        destruction_key: key,
        case_key: caseKey,
        case_no: caseNo,
        reason,
        asked_by: askedBy,
        asked_at: askedAt,
        state: 'waiting',
      },
    ],
  },
];

/**
 * Decides where nobody has, and never by who asked. A destruction also meets `conflict` where the case is held or runs; it
 * must come after the write that destroys the key, whose row lock keeps a hold from coming in between.
 */
export function decideDestruction({ key, caseKey }: CaseDestruction, { state, by, at, comment }: Decision): RowWrite[] {
  const isFree = `NOT EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_key = ? AND h.lifted_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM process_instances p WHERE p.case_key = ? AND p.state = 'ACTIVE')`;
  const [condition, params] = state === 'destroyed' ? [` AND ${isFree}`, [caseKey, caseKey]] : ['', []];
  return [
    {
      sql: `UPDATE case_destructions SET state = ?, decided_by = ?, decided_at = ?, comment = ?
            WHERE destruction_key = ? AND state = 'waiting' AND asked_by <> ?${condition}`,
      params: [state, by, at, comment, key, by, ...params],
      expectRows: 1,
    },
  ];
}

/** Meets `conflict` where a hold is in force or the key was destroyed just now. */
export const placeHold = ({ key, caseKey, caseNo, reason, placedBy, placedAt }: Placed): RowWrite[] => [
  {
    sql: 'UPDATE case_keys SET destroyed_at = destroyed_at WHERE case_key = ? AND destroyed_at IS NULL',
    params: [caseKey],
    expectRows: 1,
  },
  {
    insert: 'legal_holds',
    rows: [{ hold_key: key, case_key: caseKey, case_no: caseNo, reason, placed_by: placedBy, placed_at: placedAt }],
  },
];

export const liftHold = (key: string, by: string, at: number, reason: string): RowWrite[] => [
  {
    sql: 'UPDATE legal_holds SET lifted_by = ?, lifted_at = ?, lift_reason = ? WHERE hold_key = ? AND lifted_at IS NULL',
    params: [by, at, reason, key],
    expectRows: 1,
  },
];

const toDestruction = (row: Row): CaseDestruction => ({
  key: String(row['destruction_key']),
  caseKey: String(row['case_key']),
  caseNo: asTextOrNull(row['case_no']),
  reason: String(row['reason']),
  askedBy: String(row['asked_by']),
  askedAt: Number(row['asked_at']),
  state: row['state'] as CaseDestruction['state'],
  decidedBy: asTextOrNull(row['decided_by']),
  decidedAt: asNumberOrNull(row['decided_at']),
  comment: asTextOrNull(row['comment']),
});

const toHold = (row: Row): LegalHold => ({
  key: String(row['hold_key']),
  caseKey: String(row['case_key']),
  caseNo: asTextOrNull(row['case_no']),
  reason: String(row['reason']),
  placedBy: String(row['placed_by']),
  placedAt: Number(row['placed_at']),
  liftedBy: asTextOrNull(row['lifted_by']),
  liftedAt: asNumberOrNull(row['lifted_at']),
  liftReason: asTextOrNull(row['lift_reason']),
});
