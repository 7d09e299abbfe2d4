import type { BpmnElement } from '#bpmn';
import type { Command, CreateProcessInstance, Rejection } from '../commands.js';
import type { InstanceState } from '../state.js';
import type { Execution } from './execution.js';
import { beginProcessAt } from './modification.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { goOn } from './run.js';
import { endProcessInstance } from './ending.js';
import { propagate, setLocal } from './variables.js';

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>;

export function createProcessInstance(execution: Execution, command: CreateProcessInstance): Outcome {
  const { processInstanceKey, processDefinitionKey, version, parent, by, variables } = command;
  const { startElementId, startElementIds } = startOf(execution, command);
  const process = execution.element(0);
  const refusal = startElementIds ? undefined : refusalOfStart(execution, process, startElementId);
  if (refusal) return refusal;
  execution.emit({
    type: 'processInstanceCreated',
    processInstanceKey,
    processDefinitionKey,
    bpmnProcessId: execution.definition.bpmnProcessId,
    processVersion: version,
    ...(parent && { parent }),
    ...(startElementId !== undefined && { startElementId }),
    ...(startElementIds && { startElementIds }),
    ...(by !== undefined && { by }),
    at: execution.now,
  });
  execution.emit({
    type: 'elementActivating',
    elementInstanceKey: processInstanceKey,
    elementId: process.id,
    elementType: 'process',
    at: execution.now,
  });
  setLocal(execution, processInstanceKey, variables, by);
  if (startElementIds) return beginProcessAt(execution, startElementIds);
  execution.schedule(processInstanceKey);
  return accepted;
}

/** To begin at one start event of the process is what happens when that event does. */
function startOf({ definition }: Execution, { startElementId, startElementIds }: CreateProcessInstance) {
  const [only, ...more] = startElementIds ?? [];
  const isStart = ({ id, type }: BpmnElement) => id === only && type === 'startEvent';
  const isAlone = more.length === 0 && definition.startEvents.some((index) => isStart(definition.elements[index]!));
  return isAlone ? { startElementId: only } : { startElementId, startElementIds };
}

function refusalOfStart(
  execution: Execution,
  process: BpmnElement,
  startElementId: string | undefined,
): Outcome | undefined {
  const { definition } = execution;
  if (startElementId === undefined) {
    if (process.startEvent !== undefined || process.implicitStarts.length > 0) return undefined;
    return rejected('invalidState', `Expected process "${process.id}" to have a none start event but it has none.`);
  }
  const index = definition.indexById.get(startElementId);
  if (index !== undefined && definition.startEvents.includes(index)) return undefined;
  return rejected(
    'invalidArgument',
    `Expected a start event of process "${process.id}" but found "${startElementId}".`,
  );
}

export function cancelProcessInstance(
  execution: Execution,
  { by, reason }: CommandOf<'cancelProcessInstance'>,
): Outcome {
  endProcessInstance(execution, { ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) });
  return accepted;
}

/** Harmless where nothing is left to do. */
export function continueProcessInstance(execution: Execution): Outcome {
  execution.isContinued = true;
  goOn(execution);
  return accepted;
}

export function setVariables(
  execution: Execution,
  { scopeKey, variables, local, by }: CommandOf<'setVariables'>,
): Outcome {
  if (!execution.state.elements.get(scopeKey))
    return rejected('notFound', `Expected element instance ${scopeKey} to be active but it is not.`);
  if (local) setLocal(execution, scopeKey, variables, by);
  else propagate(execution, scopeKey, variables, by);
  return accepted;
}

/** Why a command cannot reach the instance at all. */
export function rejectionOf(state: InstanceState | undefined, command: Command): Rejection | undefined {
  if (command.type === 'createProcessInstance') {
    if (!state) return undefined;
    return {
      code: 'alreadyExists',
      message: `Expected process instance ${state.processInstanceKey} to be new but it exists.`,
    };
  }
  if (!state)
    return { code: 'notFound', message: `Expected a process instance for ${command.type} but there is none.` };
  if (state.status === 'active') return undefined;
  return {
    code: 'notFound',
    message: `Expected process instance ${state.processInstanceKey} to be active but it is ${state.status}.`,
  };
}
