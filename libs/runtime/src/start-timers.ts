import { singleEventsOf, type ProcessDefinition } from '#bpmn';
import { addDuration, countedFrom, nextCycleDue, parseCycle } from '#calendar';
import { parseDateTime } from '#feel';
import type { EvaluationContext } from '#feel';
import type { StartSubscription } from './ports.js';

export interface StartTime {
  /** Epoch ms. */
  readonly dueAt: number;
  /** How often it still fires after that; -1 without end. */
  readonly repetitionsLeft: number;
}

const EMPTY_SCOPE = { get: () => undefined, has: () => false };

/** When a timer start event fires for the first time after `context.now`; absent where it never does. */
export function firstStart(
  process: ProcessDefinition,
  elementId: string,
  context: EvaluationContext,
): StartTime | undefined {
  const timer = timerOf(process, elementId);
  const text = timer?.expression.evaluate(EMPTY_SCOPE, context).value;
  if (!timer || typeof text !== 'string') return undefined;
  if (timer.type === 'cycle') return cycleAfter(text, context.now, context.timeZone);
  const dueAt =
    timer.type === 'date' ? instantOf(text, context.timeZone) : addDuration(context.now, text, context.timeZone);
  return dueAt === undefined ? undefined : { dueAt, repetitionsLeft: 0 };
}

/**
 * The firing after one that is due, in the same rhythm; those that were missed meanwhile are passed over. A cycle is
 * counted from the start that the text names, else from its anchor: January 31, February 28, March 31.
 */
export function nextStart(
  process: ProcessDefinition,
  last: StartSubscription,
  now: number,
  timeZone: string,
): StartTime | undefined {
  if (last.repetitionsLeft === 0 || last.dueAt === null) return undefined;
  const timer = timerOf(process, last.elementId);
  const text = timer?.expression.evaluate(EMPTY_SCOPE, { now, timeZone }).value;
  const cycle = typeof text === 'string' ? parseCycle(text) : undefined;
  if (!cycle || timer?.type !== 'cycle') return undefined;
  const dueAt = nextCycleDue(countedFrom(cycle, last.anchorAt ?? last.dueAt), Math.max(last.dueAt, now), timeZone);
  const left = last.repetitionsLeft ?? -1;
  return dueAt === undefined ? undefined : { dueAt, repetitionsLeft: left < 0 ? -1 : left - 1 };
}

function timerOf(process: ProcessDefinition, elementId: string) {
  const index = process.indexById.get(elementId);
  const element = index === undefined ? undefined : process.elements[index];
  return singleEventsOf(element ?? {}).find((event) => event.kind === 'timer')?.timer;
}

function cycleAfter(text: string, now: number, timeZone: string): StartTime | undefined {
  const cycle = parseCycle(text);
  const dueAt = cycle && nextCycleDue(cycle, now, timeZone);
  if (!cycle || dueAt === undefined) return undefined;
  const repetitions = cycle.kind === 'interval' ? cycle.repetitions : undefined;
  if (repetitions === 0) return undefined;
  return { dueAt, repetitionsLeft: repetitions === undefined ? -1 : repetitions - 1 };
}

/** A text without zone is read in the given one. */
function instantOf(text: string, timeZone: string): number | undefined {
  const parsed = parseDateTime(text);
  return parsed?.zone ? parsed.epochMs : parseDateTime(`${text}@${timeZone}`)?.epochMs;
}
