import type { JobDefinition } from '#bpmn';
import type { Command } from '../commands.js';
import { expected } from '../lifecycle.js';
import type { Key, ListenerPlace } from '../state.js';
import { completeAdHocJob } from './ad-hoc-worker.js';
import { createJob } from './create-job.js';
import { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { hasIncident, raiseIncident } from './incidents.js';
import { takeResult } from './io-mapping.js';
import { completeListener } from './listeners.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { beginCompleting } from './activation.js';
import { completeTaskListener, refusalOfResult } from './task-changes.js';
import { setLocal } from './variables.js';

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>;

/** Makes a job and lets the element wait for its worker. */
export function activateJob(job: JobDefinition, scope: ElementScope): void {
  createJob(job, scope, { begin: () => scope.wait() });
}

/** After an error that nobody caught: the work is offered again under a new key. */
export function retryJob(job: JobDefinition, scope: ElementScope): void {
  createJob(job, scope, {});
}

export function completeJob(execution: Execution, command: CommandOf<'completeJob'>): Outcome {
  const { jobKey, variables, result = {} } = command;
  return withActiveJob(execution, jobKey, (elementInstanceKey) => {
    if (isAdHoc(execution, jobKey)) return completeAdHocJob(execution, execution.instance(elementInstanceKey), command);
    if (command.adHoc) return noAdHocJob(jobKey);
    const { listener } = expected(execution.state.jobs.get(jobKey), `job ${jobKey}`);
    const refusal =
      listener?.kind === 'task' ? refusalOfResult(listener.eventType, { variables, ...result }) : undefined;
    if (refusal) return refusal;
    execution.emit({ type: 'jobCompleted', jobKey });
    const instance = execution.instance(elementInstanceKey);
    if (listener?.kind === 'task') return completeTaskListener(execution, elementInstanceKey, listener.index, result);
    if (listener) {
      completeListener(execution, elementInstanceKey, listener, variables);
      return accepted;
    }
    takeResult(execution, execution.elementOf(instance), elementInstanceKey, variables);
    beginCompleting(execution, instance);
    return accepted;
  });
}

export function failJob(execution: Execution, command: CommandOf<'failJob'>): Outcome {
  const { jobKey, errorMessage, retryBackoffMs, variables } = command;
  const retries = Math.max(0, command.retries);
  return withActiveJob(execution, jobKey, (elementInstanceKey) => {
    const retryAt = retryBackoffMs !== undefined && retryBackoffMs > 0 ? execution.now + retryBackoffMs : undefined;
    execution.emit({ type: 'jobFailed', jobKey, retries, errorMessage, ...(retryAt !== undefined && { retryAt }) });
    setLocal(execution, elementInstanceKey, variables ?? {});
    if (retries > 0) return accepted;
    raiseIncident(
      execution,
      execution.instance(elementInstanceKey),
      {
        errorType: isAdHoc(execution, jobKey) ? 'AD_HOC_SUB_PROCESS_NO_RETRIES' : 'JOB_NO_RETRIES',
        message:
          errorMessage ||
          `Expected job ${jobKey} to be completed but it failed, has no retries left, and its worker gave no reason.`,
      },
      jobKey,
    );
    return accepted;
  });
}

export function throwJobError(execution: Execution, command: CommandOf<'throwJobError'>): Outcome {
  const { jobKey, errorCode, errorMessage, variables } = command;
  return withActiveJob(execution, jobKey, (elementInstanceKey) => {
    const refusal = refusalOfError(jobKey, execution.state.jobs.get(jobKey)?.listener);
    if (refusal) return refusal;
    execution.emit({ type: 'jobErrorThrown', jobKey, errorCode, ...(errorMessage !== undefined && { errorMessage }) });
    const element = execution.elementOf(execution.instance(elementInstanceKey));
    new ElementScope(execution, element, elementInstanceKey).throwError({
      errorCode,
      errorMessage,
      variables: variables ?? {},
    });
    return accepted;
  });
}

/** An error is thrown out of what is active: a listener is asked before and after that. Source: Camunda 8, "Execution listeners". */
function refusalOfError(jobKey: Key, listener: ListenerPlace | undefined): Outcome | undefined {
  if (listener?.kind !== 'execution' && listener?.eventType !== 'canceling') return undefined;
  const of = listener.kind === 'execution' ? 'an execution listener' : 'a task listener';
  return rejected(
    'invalidState',
    `Expected job ${jobKey} to be one that may throw an error but it is of ${of} ("${listener.eventType}"), whose element is not active. Complete or fail it.`,
  );
}

export function updateJobRetries(execution: Execution, { jobKey, retries }: CommandOf<'updateJobRetries'>): Outcome {
  if (!execution.state.jobs.get(jobKey)) return noJob(jobKey);
  if (!Number.isInteger(retries) || retries < 1)
    return rejected('invalidArgument', `Expected retries to be at least 1 but found ${retries}.`);
  execution.emit({ type: 'jobRetriesUpdated', jobKey, retries });
  return accepted;
}

function withActiveJob(execution: Execution, jobKey: Key, act: (elementInstanceKey: Key) => Outcome): Outcome {
  const job = execution.state.jobs.get(jobKey);
  if (!job) return noJob(jobKey);
  if (!hasIncident(execution.state, job.elementInstanceKey)) return act(job.elementInstanceKey);
  return rejected(
    'invalidState',
    `Expected job ${jobKey} to be active but it is stopped by an incident. Resolve the incident first.`,
  );
}

/** Whether the worker of an ad-hoc sub-process decides by this job what is done. */
function isAdHoc({ state }: Execution, jobKey: Key): boolean {
  const job = state.jobs.get(jobKey);
  return !job?.listener && state.elements.get(job?.elementInstanceKey ?? '')?.elementType === 'adHocSubProcess';
}

function noAdHocJob(jobKey: Key): Outcome {
  return rejected(
    'invalidArgument',
    `Expected job ${jobKey} to be that of an ad-hoc sub-process, as the type of its result says, but it is not.`,
  );
}

function noJob(jobKey: Key): Outcome {
  return rejected('notFound', `Expected job ${jobKey} to be open in this process instance but it is not.`);
}
