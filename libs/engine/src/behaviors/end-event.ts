import type { EventDefinition } from '#bpmn';
import type { ElementScope } from '../parts/element-scope.js';
import { throwModelledEscalation } from '../parts/escalations.js';
import { evaluateText } from '../parts/expressions.js';
import { activateJob, retryJob } from '../parts/jobs.js';
import { success } from '../parts/result.js';
import { terminateChildren } from '../parts/termination.js';
import { throwEvent } from '../parts/throwing.js';
import { beginCompleting } from '../parts/tokens.js';
import type { ElementBehavior } from './behavior.js';

/** Ends its path, after throwing what it throws. Source: BPMN 2.0.2, 10.5.3, "End Event". */
export const endEvent: ElementBehavior = {
  activate({ job, event }, scope) {
    if (job) return activateJob(job, scope);
    if (event?.kind === 'error') return throwModelledError(event, scope);
    if (event?.kind === 'escalation') return throwModelledEscalation(event, scope);
    if (event?.kind === 'terminate') return terminateScope(scope);
    const thrown = throwEvent(event ?? { kind: 'none' }, scope);
    return thrown.ok ? scope.pass() : scope.incident(thrown.problem);
  },
  retry: ({ job }, scope) => job && retryJob(job, scope),
};

function throwModelledError(event: Extract<EventDefinition, { readonly kind: 'error' }>, scope: ElementScope): void {
  const { errorCodeExpression } = event;
  const code = errorCodeExpression
    ? evaluateText(scope.execution, scope.variables, errorCodeExpression)
    : success(event.errorCode ?? '');
  if (!code.ok) return scope.incident(code.problem);
  scope.throwError({ errorCode: code.value, variables: scope.ownVariables });
}

/** All else in the scope ends, tokens before joins too; the scope itself completes. */
function terminateScope(scope: ElementScope): void {
  const { execution, flowScopeKey, key } = scope;
  terminateChildren(execution, flowScopeKey, key);
  scope.completeVia([]);
  const flowScope = execution.state.elements.get(flowScopeKey);
  if (flowScope?.state === 'activated') beginCompleting(execution, flowScope);
}
