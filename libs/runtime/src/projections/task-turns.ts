import type { Key } from '#engine';
import type { Row, RowOperation } from '../ports.js';
import { NOTHING } from './projection.js';
import type { Projection } from './projection.js';

/** Who has or had a turn in a task, and with which outcome. */
export const taskTurnRows: Projection = (event, { record, now }) => {
  switch (event.type) {
    case 'taskTurnsAdded':
      return event.turns.map(({ id, account, kind, by }) => ({
        insert: 'task_turns',
        row: {
          turn_id: id,
          user_task_key: event.userTaskKey,
          process_instance_key: record.key,
          account,
          kind,
          asked_by: by,
          reason: event.reason?.$sealed ?? null,
          state: 'open',
          comment: null,
          created_at: now,
          ended_at: null,
        },
      }));
    case 'taskTurnEnded':
      return [update(event.turnId, { state: event.outcome, comment: event.comment?.$sealed ?? null, ended_at: now })];
    case 'taskTurnRemoved':
      return [update(event.turnId, { state: 'removed', comment: event.reason?.$sealed ?? null, ended_at: now })];
    default:
      return NOTHING;
  }
};

const update = (turnId: Key, set: Row): RowOperation => ({ update: 'task_turns', key: { turn_id: turnId }, set });
