import type { Command } from '../commands.js';
import type { HeldChange, Key, UserTaskState } from '../state.js';
import type { Execution } from './execution.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { currentTurn, isBeingSigned } from '../current-turn.js';
import { changeUserTask } from './task-changes.js';

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>;

export function completeUserTask(execution: Execution, command: CommandOf<'completeUserTask'>): Outcome {
  const { userTaskKey, variables, by, action } = command;
  const who = { ...(by !== undefined && { by }), ...(action !== undefined && { action }) };
  return withTask(execution, userTaskKey, (task) => {
    const refusal = refusalOfTurn(userTaskKey, task);
    if (refusal) return refusal;
    return changeUserTask(execution, userTaskKey, { eventType: 'completing', variables, ...who });
  });
}

/** Whoever takes a task from another says so with `allowOverride`; the default is to allow it. */
export function assignUserTask(execution: Execution, command: CommandOf<'assignUserTask'>): Outcome {
  const { userTaskKey, assignee, by, allowOverride, from, reason } = command;
  return withTask(execution, userTaskKey, (task) => {
    const refusal = refusalOfTurn(userTaskKey, task);
    if (refusal) return refusal;
    if (from !== undefined && task.assignee !== from)
      return rejected(
        'invalidState',
        `Expected user task ${userTaskKey} to be assigned to ${from} but it is not any more.`,
      );
    if (allowOverride === false && assignee !== null && task.assignee !== undefined) {
      return rejected(
        'invalidState',
        `Expected user task ${userTaskKey} to have no assignee but it is assigned to ${task.assignee}.`,
      );
    }
    const asked = { ...(by !== undefined && { by }), ...(reason && { reason }) };
    const change: HeldChange = { eventType: 'assigning', assignee, ...asked };
    return changeUserTask(execution, userTaskKey, change);
  });
}

export function updateUserTask(execution: Execution, command: CommandOf<'updateUserTask'>): Outcome {
  const { userTaskKey, changes, by } = command;
  return withTask(execution, userTaskKey, () => {
    const refusal = refusalOfPriority(changes.priority);
    if (refusal) return refusal;
    const change: HeldChange = { eventType: 'updating', changes, ...(by !== undefined && { by }) };
    return changeUserTask(execution, userTaskKey, change);
  });
}

export function refusalOfPriority(priority: number | undefined): Outcome | undefined {
  if (priority === undefined || (Number.isInteger(priority) && priority >= 0 && priority <= 100)) return undefined;
  return rejected('invalidArgument', `Expected a priority from 0 to 100 but found ${priority}.`);
}

function refusalOfTurn(userTaskKey: Key, task: UserTaskState): Outcome | undefined {
  const turn = currentTurn(task);
  if (!turn) return undefined;
  return rejected(
    'invalidState',
    `Expected user task ${userTaskKey} to be its owner's but ${turn.account} has a turn (${turn.kind}). End or remove the turn first.`,
  );
}

/** A task of which a change is held back takes no other meanwhile. */
export function withTask(
  execution: Execution,
  userTaskKey: Key,
  act: (task: UserTaskState) => Outcome | void,
): Outcome {
  const task = execution.state.userTasks.get(userTaskKey);
  if (!task) return noUserTask(userTaskKey);
  if (!task.held) return act(task) ?? accepted;
  if (isBeingSigned(task)) return refusalOfTurn(userTaskKey, task) ?? accepted;
  return rejected(
    'invalidState',
    `Expected user task ${userTaskKey} to be CREATED but its listeners are still asked (${task.held.eventType}).`,
  );
}

export function noUserTask(userTaskKey: string): Outcome {
  return rejected(
    'notFound',
    `Expected user task ${userTaskKey} to be CREATED in this process instance but it is not.`,
  );
}
