import type { TaskCorrections, UserTaskChanges } from '#engine';
import { Refusal } from '../problems/refusal.js';
import { requireNone } from './unknown-fields.js';

/** A change set of the API as the engine takes it; an empty text or null removes a date. */
export function changesOf(changeset: Readonly<Record<string, unknown>>): UserTaskChanges {
  const { candidateGroups, candidateUsers, dueDate, followUpDate, priority, ...others } = changeset;
  requireNone('the changes of a user task', others);
  return {
    ...(candidateGroups !== undefined && { candidateGroups: texts('candidateGroups', candidateGroups) }),
    ...(candidateUsers !== undefined && { candidateUsers: texts('candidateUsers', candidateUsers) }),
    ...(dueDate !== undefined && { dueAt: dateOrNone('dueDate', dueDate) }),
    ...(followUpDate !== undefined && { followUpAt: dateOrNone('followUpDate', followUpDate) }),
    ...(priority !== undefined && priority !== null && { priority: priorityOf(priority) }),
  };
}

function texts(name: string, value: unknown): readonly string[] {
  if (value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new Refusal('invalidArgument', `Expected ${name} to be a list of texts.`);
}

function dateOrNone(name: string, value: unknown): number | null {
  if (value === null || value === '') return null;
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw new Refusal('invalidArgument', `Expected ${name} to be an ISO 8601 date and time.`);
  return at;
}

function priorityOf(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100) return value;
  throw new Refusal('invalidArgument', 'Expected priority to be a whole number from 0 to 100.');
}

/** What a task listener puts in place of what was asked; a null of the API changes nothing. */
export function correctionsOf({ assignee, ...changeset }: Readonly<Record<string, unknown>>): TaskCorrections {
  const given = Object.fromEntries(Object.entries(changeset).filter(([, value]) => value !== null));
  const changes = changesOf(given);
  if (assignee === undefined || assignee === null) return changes;
  if (typeof assignee !== 'string') throw new Refusal('invalidArgument', 'Expected assignee to be a text.');
  return { ...changes, assignee: assignee === '' ? null : assignee };
}
