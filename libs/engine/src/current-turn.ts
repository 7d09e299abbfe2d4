import type { TaskTurn, UserTaskState } from './state.js';

/** Whose turn it is; undefined: the task is its owner's. Who signs after has a turn while the completion is held. */
export function currentTurn({ turns = [], held }: UserTaskState): TaskTurn | undefined {
  if (held?.eventType === 'completing') return turns.find(({ kind, hasAgreed }) => kind === 'signAfter' && !hasAgreed);
  if (held?.eventType === 'canceling') return undefined;
  return turns.find(({ kind }) => kind !== 'signAfter');
}

/** Its completion waits for somebody who signs after. */
export function isBeingSigned(task: UserTaskState): boolean {
  return task.held?.eventType === 'completing' && currentTurn(task) !== undefined;
}
