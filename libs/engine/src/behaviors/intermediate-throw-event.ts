import { activateJob, retryJob } from '../parts/jobs.js';
import { throwEvent } from '../parts/throwing.js';
import type { ElementBehavior } from './behavior.js';

/** Throws its message or signal and goes on; with a task definition a worker sends the message. */
export const intermediateThrowEvent: ElementBehavior = {
  activate({ job, event }, scope) {
    if (job) return activateJob(job, scope);
    const thrown = throwEvent(event ?? { kind: 'none' }, scope);
    return thrown.ok ? scope.pass() : scope.incident(thrown.problem);
  },
  retry: ({ job }, scope) => job && retryJob(job, scope),
};
