import type { BpmnElement } from '#bpmn';
import { toJson } from '#feel';
import type { ElementScope } from '../parts/element-scope.js';
import { expected } from '../lifecycle.js';
import { takeResult } from '../parts/io-mapping.js';
import { activateJob, retryJob } from '../parts/jobs.js';
import type { Variables } from '../state.js';
import type { ElementBehavior } from './behavior.js';

/** Evaluates a DMN decision within the step, or leaves the rules to a worker. */
export const businessRuleTask: ElementBehavior = {
  activate: (task, scope) => (task.job ? activateJob(task.job, scope) : evaluateDecision(task, scope)),
  retry: ({ job }, scope) => job && retryJob(job, scope),
};

function evaluateDecision(task: BpmnElement, scope: ElementScope): void {
  const { execution, key: elementInstanceKey } = scope;
  const { decisionId, resultVariable } = expected(task.calledDecision, `called decision of ${task.id}`);
  const decision = execution.context.decisions(decisionId);
  if (!decision) {
    return scope.incident({
      errorType: 'CALLED_DECISION_ERROR',
      message: `Expected decision "${decisionId}" to be deployed but it is not.`,
    });
  }
  const result = decision.evaluate(scope.variables, execution.evaluation);
  if (!result.ok) {
    return scope.incident({
      errorType: 'DECISION_EVALUATION_ERROR',
      message: `Expected decision "${decisionId}" to give a result but: ${result.message}`,
    });
  }
  const output = toJson(result.output) ?? null;
  const inputs = toJson(result.inputs) as Variables;
  scope.emit({
    type: 'decisionEvaluated',
    elementInstanceKey,
    elementId: task.id,
    decisionId,
    inputs,
    output,
    matchedRules: result.matchedRules,
  });
  takeResult(execution, task, scope.key, { [resultVariable]: output });
  scope.pass();
}
