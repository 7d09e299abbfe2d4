import type { BpmnElement } from '#bpmn';
import type { ElementScope } from '../parts/element-scope.js';
import { expected } from '../lifecycle.js';
import { evaluate } from '../parts/expressions.js';
import { takeResult } from '../parts/io-mapping.js';
import { activateJob, retryJob } from '../parts/jobs.js';
import type { ElementBehavior } from './behavior.js';

/** Evaluates a FEEL expression within the step, or leaves the script to a worker. */
export const scriptTask: ElementBehavior = {
  activate: (task, scope) => (task.job ? activateJob(task.job, scope) : evaluateScript(task, scope)),
  retry: ({ job }, scope) => job && retryJob(job, scope),
};

function evaluateScript(task: BpmnElement, scope: ElementScope): void {
  const { expression, resultVariable } = expected(task.script, `script of ${task.id}`);
  const result = evaluate(scope.execution, scope.variables, expression);
  if (!result.ok) return scope.incident(result.problem);
  if (resultVariable !== '') takeResult(scope.execution, task, scope.key, { [resultVariable]: result.value });
  scope.pass();
}
