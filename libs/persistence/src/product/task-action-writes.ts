import type { RowWrite } from '#runtime';

/** A row of `task_notes` of the kind `urge`. */
export interface UrgeRow {
  readonly note_key: string;
  readonly user_task_key: string;
  readonly process_instance_key: string;
  readonly account: string;
  readonly sealed_key: string | null;
  /** Epoch ms. */
  readonly at: number;
}

/** Refused with `conflict` where the account has urged in this task within the time; two at once are told apart as well. */
export function urgeOnce(row: UrgeRow, everyMs: number): RowWrite {
  return {
    sql: `INSERT INTO task_notes (note_key, user_task_key, process_instance_key, kind, account, sealed_key, at)
      SELECT CAST(? AS bigint), CAST(? AS bigint), CAST(? AS bigint), 'urge', CAST(? AS text), CAST(? AS text), CAST(? AS bigint)
      WHERE NOT EXISTS (SELECT 1 FROM task_notes n WHERE n.user_task_key = ? AND n.account = ? AND n.kind = 'urge' AND n.at > ?)`,
    params: [
      row.note_key,
      row.user_task_key,
      row.process_instance_key,
      row.account,
      row.sealed_key,
      row.at,
      row.user_task_key,
      row.account,
      row.at - everyMs,
    ],
    expectRows: 1,
  };
}
