import type { BpmnElement } from '#bpmn';
import type { Command } from '../commands.js';
import type { ElementInstance } from '../state.js';
import type { Execution } from './execution.js';
import { isLoopBody } from './loop-body.js';
import { refusedWhileEnding } from './modification.js';
import { planMigration, type MigrationPlan } from './migration-plan.js';
import { isInterruptingSubProcess } from './modification-place.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { eventsOf, reopenSubscriptions } from './subscriptions.js';
import { cancelSubscriptions, isEnding } from './termination.js';

type MigrateCommand = Extract<Command, { readonly type: 'migrateProcessInstance' }>;

/**
 * Takes the instance over to the definition of this step. What runs keeps its key, its work and its incidents. An event
 * that is mapped keeps what it waits for as it is; one that is not mapped is no longer waited for, and events that only
 * the new definition has begin to be. Source: Camunda 8, "Process instance migration".
 */
export function migrateProcessInstance(execution: Execution, command: MigrateCommand): Outcome {
  if (isEnding(execution.state)) return refusedWhileEnding(execution.state);
  const planned = planMigration(execution, command);
  if (!planned.ok) return planned;
  const { plan } = planned;
  const { processDefinitionKey, version, by } = command;
  closeUnmapped(execution, plan);
  execution.emit({
    type: 'processInstanceMigrated',
    processDefinitionKey,
    bpmnProcessId: execution.definition.bpmnProcessId,
    processVersion: version,
    elements: plan.elements,
    interrupting: plan.interrupting,
    ...(by !== undefined && { by }),
    at: execution.now,
  });
  for (const instance of execution.state.elements.values()) {
    const refusal = openNew(execution, instance, plan);
    if (refusal) return refusal;
  }
  execution.askAllConditions();
  return accepted;
}

function closeUnmapped(execution: Execution, { elements }: MigrationPlan): void {
  for (const { key } of execution.state.elements.values())
    cancelSubscriptions(execution, key, (elementId) => !Object.hasOwn(elements, elementId));
}

function openNew(execution: Execution, instance: ElementInstance, plan: MigrationPlan): Outcome | undefined {
  if (instance.state !== 'activated' || instance.isCompensating) return undefined;
  const element = execution.elementOf(instance);
  for (const event of eventsOf(execution, element, instance)) {
    if (plan.targets.has(event.id) || isDeaf(execution, instance, event)) continue;
    const opened = reopenSubscriptions(execution, event, instance.key);
    if (!opened.ok)
      return rejected(
        'invalidState',
        `Expected "${event.id}" to be waited for after the migration but ${opened.problem.message}`,
      );
  }
  return undefined;
}

/** Event sub-processes of a scope that one of them has interrupted, and of a loop's body, do not listen. */
function isDeaf(execution: Execution, instance: ElementInstance, event: BpmnElement): boolean {
  if (event.type !== 'startEvent') return false;
  if (isLoopBody(execution.elementOf(instance), instance)) return true;
  return execution.childrenOf(instance.key).some((child) => isInterruptingSubProcess(execution, child));
}
