import { singleEventsOf, type BpmnElement, type TimerDefinition } from '#bpmn';
import { addDuration, countedFrom, nextCycleDue, parseCycle, rhythmOf } from '#calendar';
import { scopeOf, toJson, type EvaluationContext, type FeelScope } from '#feel';
import type { Execution } from './execution.js';
import { evaluateText, mismatch } from './expressions.js';
import { momentOf } from './moments.js';
import { success, type Result } from './result.js';

/** When a timer fires, and for a cycle how it goes on. */
export interface Schedule {
  /** Epoch ms. */
  readonly dueAt: number;
  /** How often it still fires after this one; -1 without end. */
  readonly repetitionsLeft?: number;
  /** ISO 8601 duration, one with its start (`R/2026-01-31T01:00:00.000Z/P1M`), or cron text. */
  readonly interval?: string;
}

/** Evaluates a timer: an ISO 8601 date, duration or cycle, a cron text, or the FEEL value of one. */
export function scheduleOf(execution: Execution, scope: FeelScope, timer: TimerDefinition): Result<Schedule> {
  const text = evaluateText(execution, scope, timer.expression);
  if (!text.ok) return text;
  const { now, context } = execution;
  const schedule = readSchedule({ now, timeZone: context.timeZone }, timer.type, text.value);
  return schedule
    ? success(schedule)
    : mismatch('EXTRACT_VALUE_ERROR', timer.expression, `an ISO 8601 ${timer.type}`, text.value);
}

/**
 * When a timer that began to wait at `context.now` is due by the calendar and the parameters of this context. Undefined
 * where its date follows from data or stands in the diagram, and for a cycle, which has a rhythm of its own. Source: ADR 21.
 */
export function recomputedDue(
  element: Pick<BpmnElement, 'event'>,
  eventIndex: number,
  context: EvaluationContext,
): number | undefined {
  const event = singleEventsOf(element)[eventIndex];
  if (event?.kind !== 'timer' || event.timer.type === 'cycle') return undefined;
  const { type, expression } = event.timer;
  if (expression.isStatic || expression.reads.length > 0) return undefined;
  const text = toJson(expression.evaluate(scopeOf({}), context).value);
  return typeof text === 'string' ? readSchedule(context, type, text)?.dueAt : undefined;
}

interface Clock {
  readonly now: number;
  readonly timeZone: string;
}

function readSchedule({ now, timeZone }: Clock, type: TimerDefinition['type'], text: string): Schedule | undefined {
  if (type === 'cycle') return firstOfCycle(text, now, timeZone);
  const dueAt = type === 'date' ? momentOf(text, timeZone) : addDuration(now, text, timeZone);
  return dueAt === undefined ? undefined : { dueAt };
}

function firstOfCycle(text: string, now: number, timeZone: string): Schedule | undefined {
  const cycle = parseCycle(text);
  const dueAt = cycle && nextCycleDue(cycle, now, timeZone);
  if (!cycle || dueAt === undefined) return undefined;
  const interval = rhythmOf(cycle, now);
  if (cycle.kind === 'cron') return { dueAt, repetitionsLeft: -1, interval };
  if (cycle.repetitions === 0) return undefined;
  return { dueAt, repetitionsLeft: (cycle.repetitions ?? 0) - 1, interval };
}

/**
 * The next firing of a cycle, absent after the last. It keeps its rhythm, so that lateness does not add up; firings that
 * were missed while nothing ran are not made up for.
 */
export function nextOf({ now, context }: Execution, last: Schedule): Schedule | undefined {
  const { dueAt: lastDueAt, repetitionsLeft, interval } = last;
  if (interval === undefined || repetitionsLeft === undefined || repetitionsLeft === 0) return undefined;
  const rhythm = parseCycle(interval.startsWith('P') ? `R/${interval}` : interval);
  if (!rhythm) return undefined;
  const cycle = countedFrom(rhythm, lastDueAt);
  const next = nextCycleDue(cycle, lastDueAt, context.timeZone);
  const dueAt = next !== undefined && next < now ? nextCycleDue(cycle, now, context.timeZone) : next;
  return dueAt === undefined
    ? undefined
    : { dueAt, repetitionsLeft: repetitionsLeft < 0 ? -1 : repetitionsLeft - 1, interval };
}
