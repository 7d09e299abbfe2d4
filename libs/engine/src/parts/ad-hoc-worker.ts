import type { JobDefinition } from '#bpmn';
import type { AdHocResult, Command } from '../commands.js';
import type { ElementInstance, Key } from '../state.js';
import { beginCompleting } from './activation.js';
import { chooseElements, refusalOfElements } from './ad-hoc.js';
import { createJob } from './create-job.js';
import type { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { haveEnded, isBeingEmptied, terminateChildren } from './termination.js';
import { propagate, setLocal } from './variables.js';

type CompleteJob = Extract<Command, { readonly type: 'completeJob' }>;

/**
 * An ad-hoc sub-process whose worker decides what is done: it gets a job at the beginning and whenever a path inside has
 * ended, one at a time. Source: Camunda 8, "Ad-hoc sub-processes", "Job worker implementation".
 */
export function beginByWorker(job: JobDefinition, scope: ElementScope): void {
  const { outputCollection, activatable = [] } = scope.element.adHoc ?? {};
  const begin = () => {
    if (!scope.wait()) return false;
    setLocal(scope.execution, scope.key, {
      adHocSubProcessElements: activatable,
      ...(outputCollection !== undefined && { [outputCollection]: [] }),
    });
    return true;
  };
  createJob(job, scope, { begin });
}

/** A path has ended, or the job was lost to an error: the worker decides anew. Reading: a job that is still open is replaced. */
export function askWorkerAgain(scope: ElementScope): void {
  const { execution, element, instance } = scope;
  if (!element.job || instance.state !== 'activated' || instance.adHoc?.isEnding || isBeingEmptied(instance)) return;
  cancelJob(execution, instance);
  createJob(element.job, scope, {});
}

/** The worker was asked and has not answered. */
export function waitsForWorker({ state }: Execution, { elementType, owns = [] }: ElementInstance): boolean {
  return elementType === 'adHocSubProcess' && owns.some((key) => state.jobs.has(key));
}

/** An event sub-process has interrupted it: nothing more is decided, and it ends with that one. */
export function dismissWorker(execution: Execution, scope: ElementInstance): void {
  if (scope.elementType !== 'adHocSubProcess' || !execution.elementOf(scope).job) return;
  cancelJob(execution, scope);
  end(execution, scope);
}

function cancelJob(execution: Execution, { owns = [] }: ElementInstance): void {
  for (const jobKey of owns) if (execution.state.jobs.has(jobKey)) execution.emit({ type: 'jobCanceled', jobKey });
}

function end(execution: Execution, { key: elementInstanceKey, elementId }: ElementInstance): void {
  execution.emit({ type: 'adHocEnding', elementInstanceKey, elementId });
}

/** Does what the worker decided; its variables come first, so that what it begins sees them. */
export function completeAdHocJob(execution: Execution, scope: ElementInstance, command: CompleteJob): Outcome {
  const { jobKey, variables, adHoc: result = {} } = command;
  const { activateElements: elements = [] } = result;
  const refusal = refusalOfResult(command) ?? refusalOfElements(execution, scope, elements);
  if (refusal) return refusal;
  execution.emit({ type: 'jobCompleted', jobKey });
  propagate(execution, scope.key, variables);
  const resting = result.isCancelRemainingInstances ? terminateChildren(execution, scope.key) : [];
  if (result.isCompletionConditionFulfilled) {
    end(execution, execution.instance(scope.key));
    if (haveEnded(execution, resting, scope.key, { kind: 'complete' }))
      completeWhereEmpty(execution, scope.key, result);
  } else if (haveEnded(execution, resting, scope.key, { kind: 'chooseElements', elements }))
    chooseElements(execution, execution.instance(scope.key), elements);
  return accepted;
}

function refusalOfResult({ jobKey, result, adHoc = {} }: CompleteJob): Outcome | undefined {
  if (result)
    return rejected(
      'invalidArgument',
      `Expected the result of job ${jobKey} to be of an ad-hoc sub-process but it is of a user task.`,
    );
  const { activateElements = [], isCompletionConditionFulfilled } = adHoc;
  if (!isCompletionConditionFulfilled || activateElements.length === 0) return undefined;
  return rejected(
    'invalidArgument',
    'Expected either elements to activate or a fulfilled completion condition but found both.',
  );
}

/** What still runs is waited for, unless it was cancelled. */
function completeWhereEmpty(execution: Execution, key: Key, { isCancelRemainingInstances }: AdHocResult): void {
  const scope = execution.instance(key);
  const isEmpty = !execution.state.children.has(key) && !scope.tokens;
  if (isCancelRemainingInstances || isEmpty) beginCompleting(execution, scope);
}
