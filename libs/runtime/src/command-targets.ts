import type { Command, Key } from '#engine';

/** How a sentence names what a command is for. */
export const targetWords = {
  userTask: 'user task',
  job: 'job',
  incident: 'incident',
  element: 'scope',
  timer: 'timer',
} as const;

/** What a command names, where it is not the instance itself. */
export function targetOf(command: Command): { readonly kind: keyof typeof targetWords; readonly key: Key } | undefined {
  if ('userTaskKey' in command) return { kind: 'userTask', key: command.userTaskKey };
  if ('jobKey' in command) return { kind: 'job', key: command.jobKey };
  if ('incidentKey' in command) return { kind: 'incident', key: command.incidentKey };
  if ('timerKey' in command) return { kind: 'timer', key: command.timerKey };
  if ('scopeKey' in command) return { kind: 'element', key: command.scopeKey };
  if ('elementInstanceKey' in command) return { kind: 'element', key: command.elementInstanceKey };
  return undefined;
}

/** A repeated command of the same account answers as the first did. */
export const idempotencyOf = (key: string | undefined, account: string | undefined) =>
  key === undefined ? {} : { idempotency: { key, account: account ?? '' } };
