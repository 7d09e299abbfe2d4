import { expected } from '../lifecycle.js';
import { activateJob, retryJob } from '../parts/jobs.js';
import { throwEvent } from '../parts/throwing.js';
import type { ElementBehavior } from './behavior.js';

/** Throws its message; with a task definition a worker sends it. */
export const sendTask: ElementBehavior = {
  activate(task, scope) {
    if (task.job) return activateJob(task.job, scope);
    const thrown = throwEvent(expected(task.event, `message of ${task.id}`), scope);
    return thrown.ok ? scope.pass() : scope.incident(thrown.problem);
  },
  retry: ({ job }, scope) => job && retryJob(job, scope),
};
