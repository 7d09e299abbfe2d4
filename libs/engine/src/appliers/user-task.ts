import type { UserTaskState } from '../state.js';
import { disown, own, put } from './draft.js';
import type { Appliers } from './index.js';

export const userTaskAppliers: Pick<
  Appliers,
  | 'userTaskCreated'
  | 'userTaskAssigned'
  | 'userTaskUpdated'
  | 'userTaskCompleted'
  | 'userTaskCanceled'
  | 'userTaskChangeHeld'
  | 'userTaskChangeCorrected'
  | 'userTaskChangeReleased'
> = {
  userTaskCreated(draft, { userTaskKey, elementInstanceKey, assignee }) {
    own(draft, 'userTasks', userTaskKey, { elementInstanceKey, ...(assignee !== undefined && { assignee }) });
  },
  userTaskAssigned(draft, { userTaskKey, assignee }) {
    const task = draft.state.userTasks.get(userTaskKey);
    if (!task) return;
    const { assignee: _before, ...rest } = task;
    put(draft, 'userTasks', [userTaskKey, { ...rest, ...(assignee !== null && { assignee }) }]);
  },
  userTaskUpdated() {},
  userTaskCompleted: (draft, { userTaskKey }) => disown(draft, 'userTasks', userTaskKey),
  userTaskCanceled: (draft, { userTaskKey }) => disown(draft, 'userTasks', userTaskKey),
  userTaskChangeHeld(draft, { userTaskKey, change }) {
    const task = draft.state.userTasks.get(userTaskKey);
    if (task) put(draft, 'userTasks', [userTaskKey, { ...task, held: change }]);
  },
  userTaskChangeCorrected(draft, { userTaskKey, corrections }) {
    const task = draft.state.userTasks.get(userTaskKey);
    if (!task?.held) return;
    const held = { ...task.held, corrections: { ...task.held.corrections, ...corrections } };
    put(draft, 'userTasks', [userTaskKey, { ...task, held }]);
  },
  userTaskChangeReleased(draft, { userTaskKey }) {
    const { held: _held, ...task } = draft.state.userTasks.get(userTaskKey) ?? {};
    if ('elementInstanceKey' in task) put(draft, 'userTasks', [userTaskKey, task as UserTaskState]);
  },
};
