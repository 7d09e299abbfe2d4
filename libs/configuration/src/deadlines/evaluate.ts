import {
  endOfPeriod,
  momentsOfShares,
  parsePeriod,
  periodAfter,
  periodBefore,
  type Calendar,
  type Period,
  type Stretch,
} from '#calendar';
import { toJson, type EvaluationContext } from '#feel';
import { momentOf } from '../ledgers/cell-value.js';
import { MAX_ITEMS } from '../ledgers/evaluate.js';
import type { DeadlineEntry } from './entries.js';
import { scopeOfDeadline, type Around, type DeadlineFacts, type TaskFacts } from './facts.js';

/** Shares of the time from which a lamp is `near` and `urgent`. */
export const NEAR = 0.5;
export const URGENT = 0.8;

/** When a mark comes; epoch ms. `mark` is what the declaration says of it (`0.5`, `after 5W`), one of a kind in a deadline. */
export interface MarkMoment {
  readonly mark: string;
  readonly at: number;
}

/** What follows from a due date; epoch ms. */
export interface Moments {
  readonly dueAt: number;
  readonly nearAt: number;
  readonly urgentAt: number;
  /** By time. */
  readonly marks: readonly MarkMoment[];
}

/** What a deadline was worked out from, so that it can be told why it moves. */
export interface DeadlineInputs {
  /** Epoch ms. */
  readonly from: number;
  /** The period as text, or the fixed due date as epoch ms. */
  readonly term: string | number;
  readonly pauses: readonly Stretch[];
}

/** A deadline as the facts give it now. */
export interface ComputedDeadline {
  readonly deadlineId: string;
  /** What it is of, one of a kind below the instance: empty, key of the task, or name of the item. */
  readonly item: string;
  readonly userTaskKey: string | null;
  readonly unit: string | null;
  readonly inputs: DeadlineInputs;
  /** Absent while it is paused. */
  readonly moments?: Moments;
  /** Absent while it is open; `at` is null where nobody knows the moment. */
  readonly closed?: { readonly at: number | null };
}

/** What deadlines are worked out with. */
export interface DeadlineWorld {
  readonly context: EvaluationContext;
  readonly calendar: Calendar;
}

export interface DeadlinesOf {
  readonly results: readonly ComputedDeadline[];
  /** The first formula that gave no value or one of another type, for administrators; never a value. */
  readonly fault?: string;
}

/** The deadlines of one declaration that an instance has. Pure: the same facts and calendar give the same at any time. */
export function computeDeadlines(entry: DeadlineEntry, facts: DeadlineFacts, world: DeadlineWorld): DeadlinesOf {
  const run = new Run(entry, facts, world);
  const results = run.subjects().flatMap((subject) => run.compute(subject) ?? []);
  return { results, ...(run.fault === undefined ? {} : { fault: run.fault }) };
}

/** The task or item that a deadline is of; undefined where it is not there any more. */
export function subjectOf(
  entry: DeadlineEntry,
  facts: DeadlineFacts,
  item: string,
  world: DeadlineWorld,
): Around | undefined {
  return new Run(entry, facts, world).subjects().find((subject) => subject.item === item)?.around;
}

/** Lamps and marks of a deadline that ends at `dueAt`. */
export function momentsOf(
  { declaration }: DeadlineEntry,
  { from, term, pauses }: DeadlineInputs,
  dueAt: number,
  calendar: Calendar,
): Moments {
  const { marks = [] } = declaration;
  const isWorkingTime = typeof term === 'string' && parsePeriod(term)?.kind === 'workingDays';
  const shares = marks.flatMap(({ at }) => (typeof at === 'number' ? [at] : []));
  const [nearAt = dueAt, urgentAt = dueAt, ...moments] = momentsOfShares(
    { from, due: dueAt, isWorkingTime, pauses },
    [NEAR, URGENT, ...shares],
    calendar,
  );
  const byShare = new Map(shares.map((share, index) => [share, moments[index] ?? dueAt]));
  const placed = marks.map(({ at }) => ({
    mark: String(at),
    at: typeof at === 'number' ? (byShare.get(at) ?? dueAt) : termMoment(at, dueAt, calendar),
  }));
  return { dueAt, nearAt, urgentAt, marks: placed.sort((a, b) => a.at - b.at) };
}

/** `after 5W`, `before 3D`. */
export function readMarkTerm(at: string): { readonly isAfter: boolean; readonly period: Period } | undefined {
  const [, side, text = ''] = /^(before|after) (\S+)$/.exec(at) ?? [];
  const period = parsePeriod(text);
  return side !== undefined && period ? { isAfter: side === 'after', period } : undefined;
}

function termMoment(at: string, dueAt: number, calendar: Calendar): number {
  const term = readMarkTerm(at);
  if (!term) return dueAt;
  return (term.isAfter ? periodAfter : periodBefore)(dueAt, term.period, calendar) ?? dueAt;
}

interface Subject {
  readonly item: string;
  readonly around: Around;
}

/** One declaration over the facts of one instance; remembers the first fault. */
class Run {
  fault: string | undefined;

  constructor(
    private readonly entry: DeadlineEntry,
    private readonly facts: DeadlineFacts,
    private readonly world: DeadlineWorld,
  ) {}

  subjects(): readonly Subject[] {
    const { task, each } = this.entry.declaration.of;
    if (task !== undefined)
      return this.facts.tasks
        .filter(({ elementId }) => elementId === task)
        .map((one) => ({ item: one.userTaskKey, around: { task: one } }));
    if (each === undefined) return [{ item: '', around: {} }];
    const items = this.value('/of/each', {});
    if (items === null) return [];
    if (!Array.isArray(items)) return this.fail('/of/each', 'a list', []);
    return items.slice(0, MAX_ITEMS).map((item: unknown, index) => {
      const around = { item };
      const key = this.value('/of/key', around);
      return { item: key === null ? String(index) : String(toJson(key)).slice(0, 100), around };
    });
  }

  compute({ item, around }: Subject): ComputedDeadline | undefined {
    if (this.entry.formulas.has(`${this.entry.place}/of/when`) && this.value('/of/when', around) !== true) return;
    const from = this.beginning(around);
    if (from === undefined) return;
    const term = this.term(around);
    if (term === undefined) return;
    const inputs = { from, term, pauses: this.pauses(from) };
    const dueAt = this.dueAt(inputs);
    const unit = this.value('/of/unit', around) ?? around.task?.unit ?? null;
    const closed = this.closed(around);
    return {
      deadlineId: this.entry.declaration.id,
      item,
      userTaskKey: around.task?.userTaskKey ?? null,
      unit: typeof unit === 'string' ? unit : null,
      inputs,
      ...(dueAt === undefined ? {} : { moments: momentsOf(this.entry, inputs, dueAt, this.world.calendar) }),
      ...(closed ? { closed } : {}),
    };
  }

  private beginning(around: Around): number | undefined {
    if (!this.entry.formulas.has(`${this.entry.place}/of/from`)) return around.task?.createdAt ?? this.facts.startAt;
    return this.moment('/of/from', around);
  }

  private term(around: Around): string | number | undefined {
    const { period, due } = this.entry.declaration;
    if (due !== undefined) return this.moment('/due', around);
    if (period === undefined || !period.startsWith('=')) return period;
    const text = toJson(this.value('/period', around));
    if (text === null) return undefined;
    return typeof text === 'string' && parsePeriod(text) ? text : this.fail('/period', 'a period', undefined);
  }

  private dueAt({ from, term, pauses }: DeadlineInputs): number | undefined {
    if (typeof term === 'number') return term;
    const period = parsePeriod(term);
    return period && endOfPeriod(from, period, this.world.calendar, pauses);
  }

  private pauses(from: number): readonly Stretch[] {
    const { pause = [] } = this.entry.declaration;
    return this.facts.runs
      .filter(({ elementId, to }) => pause.includes(elementId) && (to === null || to > from))
      .map(({ from: begin, to }) => (to === null ? { from: begin } : { from: begin, to }))
      .sort((a, b) => a.from - b.from);
  }

  private closed(around: Around): ComputedDeadline['closed'] | undefined {
    const done = this.value('/of/until', around);
    if (done === true) return { at: null };
    if (done !== null && done !== false) {
      const at = momentOf(done, this.world.context.timeZone);
      return at === undefined ? this.fail('/of/until', 'a moment, true or false', undefined) : { at };
    }
    const task: TaskFacts | undefined = around.task;
    if (task && !task.isOpen) return { at: task.endedAt };
    return this.facts.state === 'ACTIVE' ? undefined : { at: this.facts.endAt };
  }

  private moment(place: string, around: Around): number | undefined {
    const value = this.value(place, around);
    if (value === null) return undefined;
    return momentOf(value, this.world.context.timeZone) ?? this.fail(place, 'a date or date and time', undefined);
  }

  private value(place: string, around: Around): unknown {
    const formula = this.entry.formulas.get(this.entry.place + place);
    if (!formula) return null;
    const { context } = this.world;
    const { value, failed } = formula.evaluate(scopeOfDeadline(this.facts, around, context.timeZone), context);
    return failed ? this.fail(place, `a value (${failed.code})`, null) : (value ?? null);
  }

  private fail<Value>(place: string, expected: string, value: Value): Value {
    this.fault ??= `Expected ${expected} at ${this.entry.place}${place} of ${this.entry.path}.`;
    return value;
  }
}
