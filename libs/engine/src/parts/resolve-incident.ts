import { scopeTypes } from '#bpmn';
import type { Command } from '../commands.js';
import type { Key } from '../state.js';
import { retryComplexGateways } from './complex-gateways.js';
import { isReadyToCompensate } from './compensation.js';
import { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { schedulePending } from './run.js';
import { accepted, rejected, type Outcome } from './outcome.js';

/** Tries again what failed: the element's current step, or the job, which needs retries for that. */
export function resolveIncident(
  execution: Execution,
  command: Extract<Command, { readonly type: 'resolveIncident' }>,
): Outcome {
  const { incidentKey, retries, by } = command;
  const incident = execution.state.incidents.get(incidentKey);
  if (!incident)
    return rejected('notFound', `Expected incident ${incidentKey} to be open in this process instance but it is not.`);
  const { jobKey } = incident;
  const job = jobKey === undefined ? undefined : execution.state.jobs.get(jobKey);
  if (job && job.retries <= 0 && retries === undefined)
    return rejected('invalidState', `Expected job ${jobKey ?? ''} to have retries left but it has none.`);
  if (jobKey !== undefined && job && job.retries <= 0 && retries !== undefined)
    execution.emit({ type: 'jobRetriesUpdated', jobKey, retries });
  const at = execution.now;
  execution.emit({
    type: 'incidentResolved',
    incidentKey,
    ...(jobKey !== undefined && { jobKey }),
    ...(by !== undefined && { by }),
    at,
  });
  if (jobKey === undefined) retry(execution, incident.elementInstanceKey);
  if (incident.errorType === 'EXECUTION_LIMIT_EXCEEDED') schedulePending(execution);
  return accepted;
}

function retry(execution: Execution, key: Key): void {
  const instance = execution.instance(key);
  if (instance.state !== 'activated') return execution.schedule(key);
  if (isReadyToCompensate(instance)) return execution.schedule(key);
  const element = execution.elementOf(instance);
  if (scopeTypes.has(element.type)) retryComplexGateways(execution, key);
  execution.behaviors[element.type].retry?.(element, new ElementScope(execution, element, key));
}
