import { parseSchedule, type Calendar, type Schedule } from '#calendar';
import {
  compileExpression,
  FeelDateTime,
  FeelZone,
  scopeOf,
  toJson,
  type EvaluationContext,
  type FeelFunction,
} from '#feel';
import { hashText } from './hash.js';
import type { ScheduleDeclaration } from './settings.js';

/** A schedule of the set, ready to be followed. */
export interface ScheduleEntry {
  readonly id: string;
  readonly title: string;
  readonly processId: string;
  /** Changes with everything that decides when it is due: its rule, and the calendar where it counts by it. */
  readonly digest: string;
  /** The first time after an instant, both in epoch ms; undefined where there is none within ten years. */
  next(after: number): number | undefined;
  /**
   * What an instance begins with, `scheduledFor` (ISO 8601 text) among it; undefined where `onlyIf` does not hold.
   *
   * @throws Error where an expression fails or `onlyIf` is neither true nor false.
   */
  variables(scheduledFor: number, context: EvaluationContext): Readonly<Record<string, unknown>> | undefined;
}

/** Reads the schedules of a set; those with faults are left out, the linker names the faults. */
export function compileSchedules(
  declarations: readonly ScheduleDeclaration[],
  calendar: Calendar,
  calendarTexts: readonly string[],
): readonly ScheduleEntry[] {
  return declarations.flatMap((declaration) => {
    const schedule = parseSchedule(declaration);
    return 'en' in schedule ? [] : [entryOf(declaration, schedule, calendar, calendarTexts)];
  });
}

const RULE_TEXTS = ['cron', 'rrule', 'at'] as const;

/**
 * A declaration with the texts of its rule that are FEEL worked out. What gives no text stays as it is, and is refused
 * as a rule that cannot be read.
 */
export function withRuleTexts(
  declaration: ScheduleDeclaration,
  functions: Readonly<Record<string, FeelFunction>>,
): ScheduleDeclaration {
  const texts = RULE_TEXTS.flatMap((name) => {
    const source = declaration[name];
    const compiled = source?.startsWith('=') ? compileExpression(source.slice(1)) : undefined;
    if (!compiled?.ok) return [];
    const { value } = compiled.expression.evaluate(scopeOf({}), { now: 0, timeZone: 'UTC', functions });
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { ...declaration, ...Object.fromEntries(texts) };
}

function entryOf(
  declaration: ScheduleDeclaration,
  schedule: Schedule,
  calendar: Calendar,
  calendarTexts: readonly string[],
): ScheduleEntry {
  const { id, title, processId, cron, rrule, from, before, at, onDayOff = 'keep' } = declaration;
  const countsByCalendar = before?.of === 'holiday' || onDayOff !== 'keep';
  const rule = [cron, rrule, from, before, at, onDayOff, calendar.timeZone, ...(countsByCalendar ? calendarTexts : [])];
  return {
    id,
    title,
    processId,
    digest: hashText(JSON.stringify(rule)),
    next: rememberedUntilDue((after) => schedule.next(after, calendar)),
    variables: (scheduledFor, context) => variablesOf(declaration, textOf(scheduledFor, calendar), context),
  };
}

/** Until the next time has come it stays the next one; every deployment asks for it. */
function rememberedUntilDue(next: ScheduleEntry['next']): ScheduleEntry['next'] {
  let asked = 0;
  let due: number | undefined;
  return (after) => {
    if (due !== undefined && asked <= after && after < due) return due;
    due = next(after);
    asked = after;
    return due;
  };
}

function variablesOf(
  { id, onlyIf, variables = {} }: ScheduleDeclaration,
  scheduledFor: string,
  context: EvaluationContext,
): Readonly<Record<string, unknown>> | undefined {
  const evaluate = (name: string, source: unknown): unknown => {
    if (typeof source !== 'string' || !source.startsWith('=')) return source;
    const compiled = compileExpression(source.slice(1));
    if (!compiled.ok) throw new Error(`Expected ${name} of the schedule ${id} to be FEEL but found ${source}.`);
    const { value, failed } = compiled.expression.evaluate(scopeOf({ scheduledFor }), context);
    if (failed) throw new Error(`Expected ${name} of the schedule ${id} to be evaluated but: ${failed.message}`);
    return toJson(value);
  };
  if (onlyIf !== undefined) {
    const isWanted = evaluate('onlyIf', onlyIf.startsWith('=') ? onlyIf : `=${onlyIf}`);
    if (typeof isWanted !== 'boolean')
      throw new Error(
        `Expected onlyIf of the schedule ${id} to be true or false but it is ${JSON.stringify(isWanted)}.`,
      );
    if (!isWanted) return undefined;
  }
  const given = Object.entries(variables).map(([name, source]) => [name, evaluate(name, source)] as const);
  return { ...Object.fromEntries(given), scheduledFor };
}

/** As FEEL writes a date and time of the calendar's zone. */
function textOf(epochMs: number, { timeZone }: Calendar): string {
  const zone = FeelZone.ofRegion(timeZone) as FeelZone;
  return String(toJson(FeelDateTime.ofEpochMs(epochMs, zone) as FeelDateTime));
}
