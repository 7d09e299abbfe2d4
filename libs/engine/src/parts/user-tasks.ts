import type { Command } from '../commands.js';
import type { Execution } from './execution.js';
import { takeResult } from './io-mapping.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { beginCompleting } from './tokens.js';

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>;

export function completeUserTask(execution: Execution, command: CommandOf<'completeUserTask'>): Outcome {
  const { userTaskKey, variables, by, action } = command;
  const task = execution.state.userTasks.get(userTaskKey);
  if (!task) return noUserTask(userTaskKey);
  const who = { ...(by !== undefined && { by }), ...(action !== undefined && { action }) };
  execution.emit({ type: 'userTaskCompleted', userTaskKey, ...who, at: execution.now });
  const instance = execution.instance(task.elementInstanceKey);
  takeResult(execution, execution.elementOf(instance), instance.key, variables);
  beginCompleting(execution, instance);
  return accepted;
}

/** Whoever takes a task from another says so with `allowOverride`; the default is to allow it. */
export function assignUserTask(execution: Execution, command: CommandOf<'assignUserTask'>): Outcome {
  const { userTaskKey, assignee, by, allowOverride } = command;
  const task = execution.state.userTasks.get(userTaskKey);
  if (!task) return noUserTask(userTaskKey);
  if (allowOverride === false && assignee !== null && task.assignee !== undefined) {
    return rejected(
      'invalidState',
      `Expected user task ${userTaskKey} to have no assignee but it is assigned to ${task.assignee}.`,
    );
  }
  execution.emit({ type: 'userTaskAssigned', userTaskKey, assignee, ...(by !== undefined && { by }) });
  return accepted;
}

export function updateUserTask(execution: Execution, command: CommandOf<'updateUserTask'>): Outcome {
  const { userTaskKey, changes, by } = command;
  if (!execution.state.userTasks.get(userTaskKey)) return noUserTask(userTaskKey);
  const { priority } = changes;
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= 100)) {
    return rejected('invalidArgument', `Expected a priority from 0 to 100 but found ${priority}.`);
  }
  execution.emit({ type: 'userTaskUpdated', userTaskKey, changes, ...(by !== undefined && { by }) });
  return accepted;
}

function noUserTask(userTaskKey: string): Outcome {
  return rejected(
    'notFound',
    `Expected user task ${userTaskKey} to be CREATED in this process instance but it is not.`,
  );
}
