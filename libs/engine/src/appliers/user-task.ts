import { remove, writable } from './draft.js';
import type { Appliers } from './index.js';

export const userTaskAppliers: Pick<
  Appliers,
  'userTaskCreated' | 'userTaskAssigned' | 'userTaskUpdated' | 'userTaskCompleted' | 'userTaskCanceled'
> = {
  userTaskCreated(draft, { userTaskKey, elementInstanceKey, assignee }) {
    writable(draft, 'userTasks')[userTaskKey] = { elementInstanceKey, ...(assignee !== undefined && { assignee }) };
  },
  userTaskAssigned(draft, { userTaskKey, assignee }) {
    const tasks = writable(draft, 'userTasks');
    const task = tasks[userTaskKey];
    if (task)
      tasks[userTaskKey] = { elementInstanceKey: task.elementInstanceKey, ...(assignee !== null && { assignee }) };
  },
  userTaskUpdated() {},
  userTaskCompleted: (draft, { userTaskKey }) => remove(draft, 'userTasks', userTaskKey),
  userTaskCanceled: (draft, { userTaskKey }) => remove(draft, 'userTasks', userTaskKey),
};
