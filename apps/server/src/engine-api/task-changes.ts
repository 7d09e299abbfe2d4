import type { ListenerResult, TaskCorrections, UserTaskChanges } from '#engine';
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

/** What the job of a task listener answers; a null of the API changes nothing. */
export function listenerResultOf(result: Readonly<Record<string, unknown>>): ListenerResult {
  const { type = 'userTask', denied, deniedReason, corrections, ...others } = result;
  requireNone('result', others);
  requireType('type', type, (value) => value === 'userTask', 'userTask, as jobs of other results are not made here');
  requireType('denied', denied, (value) => typeof value === 'boolean', 'a boolean');
  requireType('deniedReason', deniedReason, (value) => typeof value === 'string', 'a text');
  requireType('corrections', corrections, isRecord, 'an object');
  return {
    ...(denied === true && { denied: true }),
    ...(typeof deniedReason === 'string' && { deniedReason }),
    ...(isRecord(corrections) && { corrections: correctionsOf(corrections) }),
  };
}

function correctionsOf({ assignee, ...changeset }: Readonly<Record<string, unknown>>): TaskCorrections {
  const given = Object.fromEntries(Object.entries(changeset).filter(([, value]) => value !== null));
  const changes = changesOf(given);
  if (assignee === undefined || assignee === null) return changes;
  if (typeof assignee !== 'string') throw new Refusal('invalidArgument', 'Expected assignee to be a text.');
  return { ...changes, assignee: assignee === '' ? null : assignee };
}

function requireType(name: string, value: unknown, fits: (value: unknown) => boolean, expected: string): void {
  if (value === undefined || value === null || fits(value)) return;
  const found = JSON.stringify(value).slice(0, 100);
  throw new Refusal('invalidArgument', `Expected result.${name} to be ${expected} but found ${found}.`);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
