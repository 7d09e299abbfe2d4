import { Link } from 'react-router';
import type { InstanceTask } from '../../lib/api-types.js';

/** Leads to the task where it is for whoever looks; a task of others is only named. */
export function TaskName({ task }: { task: InstanceTask }) {
  return task.canOpen ? <Link to={`/work/tasks/${task.userTaskKey}`}>{task.name}</Link> : <span>{task.name}</span>;
}
