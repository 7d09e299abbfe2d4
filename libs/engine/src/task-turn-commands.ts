import type { Key, SealedHandle, TaskTurn, TurnOutcome } from './state.js';

/** What people ask of the turns that others have in a user task. Source: ADR 19. */
export type TaskTurnCommand =
  /** In this order: before those who wait, where the one whose turn it is asks for it; else after them. */
  | {
      readonly type: 'addTaskTurns';
      readonly userTaskKey: Key;
      readonly turns: readonly Pick<TaskTurn, 'account' | 'kind'>[];
      readonly by: string;
      readonly reason?: SealedHandle;
    }
  /** By the one whose turn it is: a delegate is done, who signs agrees or disagrees. */
  | {
      readonly type: 'endTaskTurn';
      readonly userTaskKey: Key;
      readonly turnId: Key;
      readonly outcome: TurnOutcome;
      readonly by: string;
      readonly comment?: SealedHandle;
    }
  | {
      readonly type: 'removeTaskTurn';
      readonly userTaskKey: Key;
      readonly turnId: Key;
      readonly by: string;
      readonly reason?: SealedHandle;
    };
