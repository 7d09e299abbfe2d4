import type { Key } from '#engine';
import type { CaseQuery } from '#runtime';

export interface ComparableCases {
  /** The process that opened the cases. */
  readonly bpmnProcessId: string;
  readonly drill: boolean;
  /** Open variables that the case holds with exactly these values. */
  readonly alike: Readonly<Record<string, unknown>>;
  /** Open variables of which it holds none with the value here. */
  readonly unlike: Readonly<Record<string, unknown>>;
  /** Public states of cases that are passed over. */
  readonly without: readonly string[];
  /** Epoch ms: a case that has ended counts where it began later. */
  readonly begunAfter: number;
  /** Of an instance: cases that began later, or at the same moment (epoch ms) with a greater key, do not count. */
  readonly begunBefore: { readonly at: number; readonly key: Key };
  readonly limit: number;
}

/** Keys of cases that are going on or began lately, newest first. */
export function comparableCases(asked: ComparableCases): CaseQuery {
  const going = part(asked, { sql: `p.state = 'ACTIVE'`, params: [] });
  const ended = part(asked, { sql: `p.state = 'COMPLETED' AND p.start_at > ?`, params: [asked.begunAfter] });
  return {
    sql: `SELECT case_key FROM (SELECT * FROM (${going.sql}) going UNION ALL SELECT * FROM (${ended.sql}) ended) found
      ORDER BY "key" DESC LIMIT ?`,
    params: [...going.params, ...ended.params, asked.limit],
  };
}

function part(asked: ComparableCases, state: CaseQuery): CaseQuery {
  const { bpmnProcessId, drill, alike, unlike, without, begunBefore, limit } = asked;
  const held = `SELECT 1 FROM variables v WHERE v.scope_key = p."key" AND v.name = ? AND v.value = ?`;
  const { at, key } = begunBefore;
  const conditions = [
    { sql: `(p.start_at < ? OR (p.start_at = ? AND p."key" < ?))`, params: [at, at, key] },
    ...Object.entries(alike).map((entry) => ({ sql: `EXISTS (${held})`, params: stored(entry) })),
    ...Object.entries(unlike).map((entry) => ({ sql: `NOT EXISTS (${held})`, params: stored(entry) })),
    ...without.map((name) => ({ sql: `(p.public_state IS NULL OR p.public_state <> ?)`, params: [name] })),
  ];
  return {
    sql: `SELECT p."key", p.case_key FROM process_instances p
      WHERE p.bpmn_process_id = ? AND ${state.sql} AND p.drill = ${drill} AND p.case_key = CAST(p."key" AS TEXT)
      ${conditions.map(({ sql }) => `AND ${sql}`).join(' ')} ORDER BY p."key" DESC LIMIT ?`,
    params: [bpmnProcessId, ...state.params, ...conditions.flatMap(({ params }) => params), limit],
  };
}

const stored = ([name, value]: readonly [string, unknown]): readonly unknown[] => [name, JSON.stringify(value ?? null)];
