import type { Command } from '#engine';
import type { PerformItem } from './batch-operations.js';
import type { History } from './history.js';
import type { Instances } from './instances.js';
import type { BatchItem, BatchPlan, StoredBatch } from './operations.js';

/** What each kind of batch operation does to one item. */
export function batchItems(instances: Instances, history: History): PerformItem {
  return (batch, item, writes) => {
    const { plan } = batch;
    const { processInstanceKey: instanceKey } = item;
    if (plan.type === 'DELETE_PROCESS_INSTANCE') return history.remove(instanceKey, writes);
    if (plan.type === 'MIGRATE_PROCESS_INSTANCE') {
      const { targetDefinitionKey, mappings } = plan;
      return instances.migrate({ instanceKey, targetDefinitionKey, mappings, writes, ...byOf(batch) });
    }
    return instances.execute({ instanceKey, command: { ...commandOf(plan, item), ...byOf(batch) } as Command, writes });
  };
}

type CommandPlan = Exclude<BatchPlan, { readonly type: 'DELETE_PROCESS_INSTANCE' | 'MIGRATE_PROCESS_INSTANCE' }>;

const byOf = ({ by }: StoredBatch) => (by === null ? {} : { by });

/** A job that has used up its retries gets one more, so that resolving its incident has an effect. */
function commandOf(plan: CommandPlan, { itemKey }: BatchItem): Command {
  if (plan.type === 'MODIFY_PROCESS_INSTANCE') return { type: 'modifyProcessInstance', move: plan.move };
  if (plan.type === 'RESOLVE_INCIDENT') return { type: 'resolveIncident', incidentKey: itemKey, retries: 1 };
  const types = {
    CANCEL_PROCESS_INSTANCE: 'cancelProcessInstance',
    SUSPEND_PROCESS_INSTANCE: 'suspendProcessInstance',
    RESUME_PROCESS_INSTANCE: 'resumeProcessInstance',
  } as const;
  return { type: types[plan.type as keyof typeof types] };
}
