import type { RowWrite } from '#runtime';
import type { ActInPlace, RecusalRecord, SubstitutionRecord, UnattendedTask } from './organization-queries.js';

export function insertSubstitution(record: Omit<SubstitutionRecord, 'endedBy' | 'endedAt'>): RowWrite {
  const row = {
    substitution_key: record.substitutionKey,
    account: record.account,
    substitute: record.substitute,
    from_day: record.fromDay,
    until_day: record.untilDay,
    reason: record.reason,
    entered_by: record.enteredBy,
    entered_at: record.enteredAt,
    ended_by: null,
    ended_at: null,
  };
  return { insert: 'substitutions', rows: [row] };
}

/** Refused with `conflict` where it was ended already. */
export function endSubstitution(key: string, by: string, at: number): RowWrite {
  return {
    sql: 'UPDATE substitutions SET ended_by = ?, ended_at = ? WHERE substitution_key = ? AND ended_at IS NULL',
    params: [by, at, key],
    expectRows: 1,
  };
}

export function insertActInPlace(actKey: string, act: ActInPlace): RowWrite {
  const row = {
    act_key: actKey,
    user_task_key: act.userTaskKey,
    process_instance_key: act.processInstanceKey,
    act: act.act,
    account: act.account,
    in_place_of: act.inPlaceOf,
    at: act.at,
  };
  return { insert: 'acts_in_place', rows: [row] };
}

export function insertRecusal(record: Omit<RecusalRecord, 'undoneBy' | 'undoneAt'>): RowWrite {
  const row = {
    recusal_key: record.recusalKey,
    case_key: record.caseKey,
    account: record.account,
    sealed_key: record.sealedKey,
    entered_by: record.enteredBy,
    entered_at: record.enteredAt,
    undone_by: null,
    undone_at: null,
  };
  return { insert: 'recusals', rows: [row] };
}

/** Refused with `conflict` where it was undone already. */
export function undoRecusal(key: string, by: string, at: number): RowWrite {
  return {
    sql: 'UPDATE recusals SET undone_by = ?, undone_at = ? WHERE recusal_key = ? AND undone_at IS NULL',
    params: [by, at, key],
    expectRows: 1,
  };
}

/** Puts what was found of a task in the place of what was found before. */
export function insertUnattended(task: UnattendedTask): RowWrite[] {
  const row = {
    user_task_key: task.userTaskKey,
    process_instance_key: task.processInstanceKey,
    since: task.since,
    offered_to: task.offeredTo,
  };
  return [deleteUnattended(task.userTaskKey), { insert: 'unattended_tasks', rows: [row] }];
}

export function deleteUnattended(userTaskKey: string): RowWrite {
  return { sql: 'DELETE FROM unattended_tasks WHERE user_task_key = ?', params: [userTaskKey] };
}
