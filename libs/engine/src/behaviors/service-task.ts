import { expected } from '../lifecycle.js';
import { activateJob, retryJob } from '../parts/jobs.js';
import type { ElementBehavior } from './behavior.js';

/** A worker does it. */
export const serviceTask: ElementBehavior = {
  activate: (task, scope) => activateJob(expected(task.job, `job of ${task.id}`), scope),
  retry: (task, scope) => retryJob(expected(task.job, `job of ${task.id}`), scope),
};
