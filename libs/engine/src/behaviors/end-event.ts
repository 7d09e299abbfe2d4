import { cancelTransaction, throwCompensation } from '../parts/compensation.js';
import type { ElementScope } from '../parts/element-scope.js';
import { activateJob, retryJob } from '../parts/jobs.js';
import { closeEventSubProcesses } from '../parts/subscriptions.js';
import { haveEnded, terminateChildren } from '../parts/termination.js';
import { throwAll, throwLast, type DecidingEvent } from '../parts/throw-all.js';
import { beginCompleting } from '../parts/activation.js';
import type { ElementBehavior } from './behavior.js';

/** Ends its path, after throwing what it throws. Source: BPMN 2.0.2, 10.5.3, "End Event". */
export const endEvent: ElementBehavior = {
  activate: ({ job, event }, scope) =>
    job ? activateJob(job, scope) : throwAll(event, scope, (last) => endWith(last, scope)),
  retry: ({ job, event }, scope) =>
    job ? retryJob(job, scope) : throwLast(event, scope, (last) => endWith(last, scope)),
};

function endWith(last: DecidingEvent, scope: ElementScope): void {
  switch (last.kind) {
    case 'error':
      return scope.throwError({ errorCode: last.errorCode ?? '', variables: scope.ownVariables });
    case 'terminate':
      return terminateScope(scope);
    case 'compensation':
      return throwCompensation(last, scope);
    case 'cancel':
      return cancelTransaction(scope);
    default:
      return scope.pass();
  }
}

/** All else in the scope ends, tokens before joins too; the scope itself completes. */
function terminateScope(scope: ElementScope): void {
  const { execution, flowScopeKey, key } = scope;
  const resting = terminateChildren(execution, flowScopeKey, key);
  if (resting.length > 0) closeEventSubProcesses(execution, flowScopeKey);
  if (!haveEnded(execution, resting, flowScopeKey, { kind: 'complete' })) return scope.completeVia([]);
  scope.completeVia([]);
  const flowScope = execution.state.elements.get(flowScopeKey);
  if (flowScope?.state === 'activated') beginCompleting(execution, flowScope);
}
