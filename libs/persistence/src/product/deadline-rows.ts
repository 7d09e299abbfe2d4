import type { Row } from '#runtime';
import { asKey, asKeyOrNull, asNumberOrNull, asTextOrNull } from '../records.js';
import type { DeadlineState, StoredDeadline } from './deadline-writes.js';

export const toDeadline = (row: Row): StoredDeadline => ({
  id: String(row.id),
  deadlineId: String(row.deadline_id),
  processInstanceKey: asKey(row.process_instance_key),
  item: String(row.item),
  userTaskKey: asKeyOrNull(row.user_task_key),
  caseKey: asTextOrNull(row.case_key),
  unit: asTextOrNull(row.unit),
  state: row.state as DeadlineState,
  fromAt: Number(row.from_at),
  dueAt: asNumberOrNull(row.due_at),
  nearAt: asNumberOrNull(row.near_at),
  urgentAt: asNumberOrNull(row.urgent_at),
  closedAt: asNumberOrNull(row.closed_at),
  inputs: String(row.inputs),
  marks: String(row.marks),
  performed: String(row.performed),
  nextMark: asTextOrNull(row.next_mark),
  nextAt: asNumberOrNull(row.next_at),
  fault: asTextOrNull(row.fault),
});
