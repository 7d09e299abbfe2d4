import { disown, own, put } from './draft.js';
import type { Appliers } from './index.js';

export const userTaskAppliers: Pick<
  Appliers,
  'userTaskCreated' | 'userTaskAssigned' | 'userTaskUpdated' | 'userTaskCompleted' | 'userTaskCanceled'
> = {
  userTaskCreated(draft, { userTaskKey, elementInstanceKey, assignee }) {
    own(draft, 'userTasks', userTaskKey, { elementInstanceKey, ...(assignee !== undefined && { assignee }) });
  },
  userTaskAssigned(draft, { userTaskKey, assignee }) {
    const task = draft.state.userTasks.get(userTaskKey);
    if (!task) return;
    const { elementInstanceKey } = task;
    put(draft, 'userTasks', [userTaskKey, { elementInstanceKey, ...(assignee !== null && { assignee }) }]);
  },
  userTaskUpdated() {},
  userTaskCompleted: (draft, { userTaskKey }) => disown(draft, 'userTasks', userTaskKey),
  userTaskCanceled: (draft, { userTaskKey }) => disown(draft, 'userTasks', userTaskKey),
};
