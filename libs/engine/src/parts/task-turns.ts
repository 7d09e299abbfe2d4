import type { Command } from '../commands.js';
import { expected } from '../lifecycle.js';
import type { Key, TaskTurn, TurnOutcome, UserTaskState } from '../state.js';
import { currentTurn } from '../current-turn.js';
import type { Execution } from './execution.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { concludeSigning, giveTurn } from './task-changes.js';
import { noUserTask, withTask } from './user-tasks.js';

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>;

/** More turns than this are an attempt to fill the state. */
const maxTurns = 100;

const outcomesOf: Readonly<Record<TaskTurn['kind'], readonly TurnOutcome[]>> = {
  delegate: ['done'],
  signBefore: ['agreed', 'disagreed'],
  signAfter: ['agreed', 'disagreed'],
};

/** Gives others a turn in a task that is somebody's. Source: ADR 19. */
export function addTaskTurns(execution: Execution, command: CommandOf<'addTaskTurns'>): Outcome {
  const { userTaskKey, turns, by, reason } = command;
  return withTask(execution, userTaskKey, (task) => {
    const refusal = refusalOfTurns(userTaskKey, task, turns.length);
    if (by !== task.assignee && by !== task.owner)
      return refusal ?? rejected('invalidState', `Expected user task ${userTaskKey} to be ${by}'s but it is not.`);
    if (refusal) return refusal;
    const current = currentTurn(task);
    execution.emit({
      type: 'taskTurnsAdded',
      userTaskKey,
      turns: turns.map(({ account, kind }) => ({ id: execution.newKey(), account, kind, by })),
      ...(current?.account === by && { areNext: true as const }),
      by,
      ...(reason && { reason }),
    });
    const next = currentTurn(execution.state.userTasks.get(userTaskKey) ?? task);
    if (next?.id !== current?.id) giveTurn(execution, userTaskKey);
    return accepted;
  });
}

function refusalOfTurns(userTaskKey: Key, { assignee, turns = [] }: UserTaskState, added: number): Outcome | undefined {
  if (assignee === undefined)
    return rejected(
      'invalidState',
      `Expected user task ${userTaskKey} to be assigned but it is nobody's. Claim it first.`,
    );
  if (added > 0 && turns.length + added <= maxTurns) return undefined;
  return rejected(
    'invalidArgument',
    `Expected 1 to ${maxTurns} turns in user task ${userTaskKey} but found ${turns.length + added}.`,
  );
}

/** The next turn begins, or the task is its owner's, or its completion takes effect. */
export function endTaskTurn(execution: Execution, command: CommandOf<'endTaskTurn'>): Outcome {
  const { userTaskKey, turnId, outcome, by, comment } = command;
  const task = execution.state.userTasks.get(userTaskKey);
  if (!task) return noUserTask(userTaskKey);
  const turn = currentTurn(task);
  if (turn?.id !== turnId || turn.account !== by)
    return rejected(
      'invalidState',
      `Expected turn ${turnId} of user task ${userTaskKey} to be the present one of ${by} but ${turn ? `it is turn ${turn.id} of ${turn.account}` : 'nobody has a turn'}.`,
    );
  if (!outcomesOf[turn.kind].includes(outcome))
    return rejected(
      'invalidArgument',
      `Expected the outcome ${outcomesOf[turn.kind].join(' or ')} of a turn of kind ${turn.kind} but found ${outcome}.`,
    );
  execution.emit({ type: 'taskTurnEnded', userTaskKey, turnId, outcome, by, ...(comment && { comment }) });
  const isDenied = turn.kind === 'signAfter' && outcome === 'disagreed';
  if (isDenied) execution.emit({ type: 'userTaskChangeReleased', userTaskKey, isDenied });
  goOn(execution, userTaskKey, task);
  return accepted;
}

/** 减签: also of the one whose turn it is. */
export function removeTaskTurn(execution: Execution, command: CommandOf<'removeTaskTurn'>): Outcome {
  const { userTaskKey, turnId, by, reason } = command;
  const task = execution.state.userTasks.get(userTaskKey);
  if (!task) return noUserTask(userTaskKey);
  const turn = task.turns?.find(({ id }) => id === turnId);
  if (!turn)
    return rejected('notFound', `Expected turn ${turnId} of user task ${userTaskKey} to be open but it is not.`);
  const isAsked = currentTurn(task) !== undefined;
  if (turn.hasAgreed || (task.held && !isAsked))
    return rejected(
      'invalidState',
      `Expected turn ${turnId} of user task ${userTaskKey} to be open but its outcome counts already.`,
    );
  execution.emit({ type: 'taskTurnRemoved', userTaskKey, turnId, by, ...(reason && { reason }) });
  if (isAsked) goOn(execution, userTaskKey, task);
  return accepted;
}

function goOn(execution: Execution, userTaskKey: Key, before: UserTaskState): void {
  const now = execution.state.userTasks.get(userTaskKey);
  if (!now || currentTurn(now)?.id !== currentTurn(before)?.id) giveTurn(execution, userTaskKey, before.owner);
  const { held, ...task } = expected(execution.state.userTasks.get(userTaskKey), `user task ${userTaskKey}`);
  if (held?.eventType === 'completing' && !currentTurn({ ...task, held })) concludeSigning(execution, userTaskKey);
}
