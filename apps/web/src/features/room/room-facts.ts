import type { FormData, InstanceDetail, InstanceTask } from '../../lib/api-types.js';
import { instantOf } from '../../lib/time.js';

/** What the room counts down to; without a task it is a point in time at which one will arise. */
export type NextReport = { elementId: string; name: string; dueAt: string; userTaskKey: string | null };

/** The next report: of the open tasks and timers that count down, the one due first. */
export function nextReport(instance: InstanceDetail): NextReport | null {
  const counted = instance.room?.countdown ?? [];
  const tasks = instance.tasks.flatMap(({ elementId, name, dueAt, completedAt, userTaskKey }) =>
    completedAt === null && dueAt !== null && counted.includes(elementId)
      ? [{ elementId, name, dueAt, userTaskKey }]
      : [],
  );
  const timers = (instance.room?.timers ?? []).map((timer) => ({ ...timer, userTaskKey: null }));
  return [...tasks, ...timers].sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))[0] ?? null;
}

/** When the clock of the room began: the moment the configuration names, else the start of the process. */
export function clockStart(instance: InstanceDetail): number {
  const { room } = instance;
  const named = room?.facts?.find(({ variable }) => variable === room.clockFrom);
  const value = room?.clockFromAt ?? named?.value ?? instance.facts.find(({ label }) => label === named?.label)?.value;
  const at = typeof value === 'string' ? instantOf(value) : Number.NaN;
  return Number.isNaN(at) ? Date.parse(instance.startedAt) : at;
}

/** Facts of the room with their values, from the room itself or from the facts of the case. */
export function roomFacts(instance: InstanceDetail): { label: string; deadline: boolean; value: unknown }[] {
  return (instance.room?.facts ?? []).map(({ label, deadline = false, value }) => ({
    label,
    deadline,
    value: value ?? instance.facts.find((fact) => fact.label === label)?.value,
  }));
}

/** Open tasks first, each by its due time; then what is done. */
export function tasksInOrder(tasks: InstanceTask[]): InstanceTask[] {
  const rank = (task: InstanceTask) => `${task.completedAt === null ? 0 : 1}${task.dueAt ?? '9'}${task.createdAt}`;
  return [...tasks].sort((a, b) => rank(a).localeCompare(rank(b)));
}

/** Values that the forms of the room's actions may read to fill themselves in. */
export function roomVariables(instance: InstanceDetail): FormData {
  const known = (instance.room?.facts ?? []).filter(({ value }) => value !== undefined && value !== null);
  return Object.fromEntries(known.map(({ variable, value }) => [variable, value]));
}
