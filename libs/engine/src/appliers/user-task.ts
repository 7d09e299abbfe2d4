import { currentTurn } from '../current-turn.js';
import type { Key, TaskTurn, TurnOutcome, UserTaskState } from '../state.js';
import { disown, own, put, type Draft } from './draft.js';
import type { Appliers } from './index.js';

export const userTaskAppliers: Pick<
  Appliers,
  | 'userTaskCreated'
  | 'userTaskAssigned'
  | 'userTaskUpdated'
  | 'userTaskCompleted'
  | 'userTaskCanceled'
  | 'userTaskChangeHeld'
  | 'userTaskChangeCorrected'
  | 'userTaskChangeReleased'
  | 'taskTurnsAdded'
  | 'taskTurnEnded'
  | 'taskTurnRemoved'
> = {
  userTaskCreated(draft, { userTaskKey, elementInstanceKey, assignee }) {
    own(draft, 'userTasks', userTaskKey, { elementInstanceKey, ...(assignee !== undefined && { assignee }) });
  },
  userTaskAssigned(draft, { userTaskKey, assignee }) {
    const task = draft.state.userTasks.get(userTaskKey);
    if (!task) return;
    const { assignee: _before, ...rest } = task;
    put(draft, 'userTasks', [userTaskKey, { ...rest, ...(assignee !== null && { assignee }) }]);
  },
  userTaskUpdated() {},
  userTaskCompleted: (draft, { userTaskKey }) => disown(draft, 'userTasks', userTaskKey),
  userTaskCanceled: (draft, { userTaskKey }) => disown(draft, 'userTasks', userTaskKey),
  userTaskChangeHeld(draft, { userTaskKey, change }) {
    const task = draft.state.userTasks.get(userTaskKey);
    if (task)
      putTask(draft, userTaskKey, withOwner({ ...task, held: change }, task.owner ?? task.assignee ?? change.by));
  },
  userTaskChangeCorrected(draft, { userTaskKey, corrections }) {
    const task = draft.state.userTasks.get(userTaskKey);
    if (!task?.held) return;
    const held = { ...task.held, corrections: { ...task.held.corrections, ...corrections } };
    put(draft, 'userTasks', [userTaskKey, { ...task, held }]);
  },
  userTaskChangeReleased(draft, { userTaskKey }) {
    const task = draft.state.userTasks.get(userTaskKey);
    if (!task) return;
    const { held: _held, turns = [], ...others } = task;
    putTask(draft, userTaskKey, { ...others, turns: turns.map(({ hasAgreed: _agreed, ...turn }) => turn) });
  },
  taskTurnsAdded(draft, { userTaskKey, turns: added, areNext }) {
    const task = draft.state.userTasks.get(userTaskKey);
    if (!task) return;
    const turns = areNext ? [...added, ...(task.turns ?? [])] : [...(task.turns ?? []), ...added];
    putTask(draft, userTaskKey, withOwner({ ...task, turns }, task.owner ?? task.assignee));
  },
  taskTurnEnded(draft, { userTaskKey, turnId, outcome }) {
    changeTurns(draft, userTaskKey, (turns) =>
      turns.flatMap((turn) => (turn.id === turnId ? ended(turn, outcome) : turn)),
    );
  },
  taskTurnRemoved(draft, { userTaskKey, turnId }) {
    changeTurns(draft, userTaskKey, (turns) => turns.filter(({ id }) => id !== turnId));
  },
};

/** Who signs after stays in the list until the completion takes effect. */
function ended(turn: TaskTurn, outcome: TurnOutcome): readonly TaskTurn[] {
  if (turn.kind !== 'signAfter') return [];
  return [outcome === 'agreed' ? { ...turn, hasAgreed: true } : turn];
}

function changeTurns(draft: Draft, key: Key, change: (turns: readonly TaskTurn[]) => readonly TaskTurn[]): void {
  const task = draft.state.userTasks.get(key);
  if (task) putTask(draft, key, { ...task, turns: change(task.turns ?? []) });
}

function withOwner(task: UserTaskState, owner: string | undefined): UserTaskState {
  return { ...task, ...(owner !== undefined && { owner }) };
}

/** The owner is named as long as the turn is another's. */
function putTask(draft: Draft, key: Key, { turns = [], owner, ...task }: UserTaskState): void {
  const changed = { ...task, ...(turns.length > 0 && { turns }) };
  put(draft, 'userTasks', [key, currentTurn(changed) ? withOwner(changed, owner) : changed]);
}
