import type { ElementIndex } from '#bpmn';
import { activateJob, retryJob } from '../parts/jobs.js';
import { throwCompensation } from '../parts/compensation.js';
import type { ElementScope } from '../parts/element-scope.js';
import { throwAll } from '../parts/throw-all.js';
import { activate } from '../parts/activation.js';
import type { ElementBehavior } from './behavior.js';

/** Throws and goes on; a link goes on at its target; with a task definition a worker sends the message. Source: BPMN 2.0.2, 10.5.4. */
export const intermediateThrowEvent: ElementBehavior = {
  activate({ job, event, linkTarget }, scope) {
    if (job) return activateJob(job, scope);
    if (linkTarget !== undefined) return goOnAt(linkTarget, scope);
    throwAll(event, scope, (last) => (last.kind === 'compensation' ? throwCompensation(last, scope) : scope.pass()));
  },
  retry: ({ job }, scope) => job && retryJob(job, scope),
};

/** The target begins before this event ends, so that their scope does not complete in between. */
function goOnAt(target: ElementIndex, scope: ElementScope): void {
  activate(scope.execution, scope.execution.element(target), scope.flowScopeKey);
  scope.completeVia([]);
}
