import { scopeOf, type CompiledExpression, type EvaluationContext, type FeelScope } from '#feel';
import { cellValue, isDay, momentOf, offsetOf, type CellValue } from './cell-value.js';
import type { LedgerColumn } from './declarations.js';
import { isDerived, NUMERATOR_FROM, type IndicatorEntry, type LedgerEntry } from './entries.js';
import { scopeOfFacts, type InstanceFacts } from './facts.js';

/** Rows that one list of an instance may give. */
export const MAX_ITEMS = 1_000;
/** Of a mean, either way: its millionths are summed exactly as whole numbers. */
const MAX_VALUE = 1_000_000_000;
const DAY_MS = 86_400_000;

export interface LedgerRow {
  /** 0 where the instance has one row. */
  readonly item: number;
  /** Unit that its own readers are matched with. */
  readonly cells: Readonly<Record<string, CellValue>>;
}

export interface IndicatorFact {
  readonly item: number;
  /** Epoch ms: when the due event falls. */
  readonly periodAt: number;
  readonly isNumerator: boolean;
  /** Of a mean or a difference of means; null elsewhere. */
  readonly value: number | null;
  readonly unit: string | null;
  /** Place among the compared groups; null where nothing is compared. */
  readonly group: number | null;
}

export interface Evaluated<Result> {
  readonly results: readonly Result[];
  /** The first formula that gave no value or one of another type, for administrators; never a value. */
  readonly fault?: string;
}

/** The rows of a ledger that one instance gives. Pure: the same facts give the same rows at any time. */
export function ledgerRows(entry: LedgerEntry, facts: InstanceFacts, context: EvaluationContext): Evaluated<LedgerRow> {
  const run = new Run(entry, facts, context);
  const { columns } = entry.declaration;
  const results = run.scopes().map(([item, scope]) => ({
    item,
    cells: Object.fromEntries(
      columns.flatMap((column, index) =>
        isDerived(column) ? [] : [[column.id, run.cell(column, `/columns/${index}/value`, scope)] as const],
      ),
    ),
  }));
  return run.evaluated(results);
}

/**
 * The facts of an indicator that one instance gives; a drill gives none. Where what is above the line is counted in
 * another process, each fact stands on one side alone.
 */
export function indicatorFacts(
  entry: IndicatorEntry,
  facts: InstanceFacts,
  context: EvaluationContext,
): Evaluated<IndicatorFact> {
  if (facts.drill) return { results: [] };
  const { process, numeratorFrom } = entry.declaration;
  const sides = [
    ...(facts.processId === process ? [sideFacts(entry, new Run(entry, facts, context), factOf)] : []),
    ...(facts.processId === numeratorFrom?.process
      ? [sideFacts(entry, new Run(entry, facts, context, NUMERATOR_FROM), aboveFactOf)]
      : []),
  ];
  const fault = sides.find((side) => side.fault !== undefined)?.fault;
  return { results: sides.flatMap(({ results }) => results), ...(fault === undefined ? {} : { fault }) };
}

type FactOf = (entry: IndicatorEntry, run: Run, item: number, scope: FeelScope) => readonly IndicatorFact[];

const sideFacts = (entry: IndicatorEntry, run: Run, factsOf: FactOf): Evaluated<IndicatorFact> =>
  run.evaluated(run.scopes().flatMap(([item, scope]) => factsOf(entry, run, item, scope)));

/** Numbered behind those below the line, which may be of the same instance. */
function aboveFactOf(_: IndicatorEntry, run: Run, item: number, scope: FeelScope): readonly IndicatorFact[] {
  const periodAt = run.periodAt(scope);
  if (periodAt === undefined) return [];
  return [{ item: item + MAX_ITEMS, periodAt, isNumerator: true, value: null, unit: run.unit(scope), group: null }];
}

function factOf({ declaration }: IndicatorEntry, run: Run, item: number, scope: FeelScope): readonly IndicatorFact[] {
  if (run.truth('/denominator', scope) === false) return [];
  const periodAt = run.periodAt(scope);
  if (periodAt === undefined) return [];
  const value = declaration.value === undefined ? null : run.cell({ type: 'number' }, '/value', scope);
  if (declaration.value !== undefined && typeof value !== 'number') return [];
  if (typeof value === 'number' && Math.abs(value) > MAX_VALUE)
    return run.fail('/value', `a number from -${MAX_VALUE} to ${MAX_VALUE}`, []);
  const group = declaration.compare ? groupOf(declaration.compare.groups, run.value('/compare/by', scope)) : null;
  if (group === undefined) return [];
  return [
    {
      item,
      periodAt,
      isNumerator: declaration.value === undefined && run.truth('/numerator', scope) === true,
      value: typeof value === 'number' ? value : null,
      unit: run.unit(scope),
      group,
    },
  ];
}

/** Where what is due at midnight counts to the day that ends then, as deadlines read; a date alone is that day. */
function countedAt(period: unknown, timeZone: string): number | undefined {
  const at = momentOf(period, timeZone);
  if (at === undefined) return undefined;
  const isMidnight = (at + offsetOf(at, timeZone)) % DAY_MS === 0;
  return isMidnight && !isDay(period) ? at - 1 : at;
}

function groupOf(groups: readonly { readonly value: unknown }[], value: unknown): number | undefined {
  const place = groups.findIndex((group) => group.value === value);
  return place < 0 ? undefined : place;
}

/** One declaration over the facts of one instance; remembers the first fault. */
class Run {
  private fault: string | undefined;
  readonly timeZone: string;

  constructor(
    readonly entry: LedgerEntry | IndicatorEntry,
    private readonly facts: InstanceFacts,
    private readonly context: EvaluationContext,
    /** Where the formulas over this process stand. */
    private readonly below = '',
  ) {
    this.timeZone = context.timeZone;
  }

  evaluated<Result>(results: readonly Result[]): Evaluated<Result> {
    return { results, ...(this.fault === undefined ? {} : { fault: this.fault }) };
  }

  /** The scope of each row: one for the instance, or one for each entry of its list. */
  scopes(): readonly (readonly [number, FeelScope])[] {
    const scope = scopeOfFacts(this.facts, this.timeZone, this.entry.declaration.related);
    const place = `${this.below}/items`;
    if (!this.entry.formulas.has(place)) return this.counts(scope) ? [[0, scope]] : [];
    const items = this.value(place, scope);
    if (items === null) return [];
    if (!Array.isArray(items)) return this.fail(place, 'a list', []);
    return items
      .slice(0, MAX_ITEMS)
      .map((item: unknown, index) => [index, scopeOf({ item }, scope)] as const)
      .filter(([, one]) => this.counts(one));
  }

  /** When it counts; undefined where it does not. */
  periodAt(scope: FeelScope): number | undefined {
    const place = `${this.below}/period`;
    const period = this.value(place, scope);
    if (period === null) return undefined;
    return countedAt(period, this.timeZone) ?? this.fail(place, 'a date or date and time', undefined);
  }

  /** Whose own readers count it. */
  unit(scope: FeelScope): string | null {
    const place = `${this.below}/unit`;
    const unit = this.entry.formulas.has(place) ? this.cell({ type: 'text' }, place, scope) : null;
    return typeof unit === 'string' ? unit : null;
  }

  cell(column: Pick<LedgerColumn, 'type'>, place: string, scope: FeelScope): CellValue {
    const cell = cellValue(this.value(place, scope), column, this.timeZone);
    return cell === undefined ? this.fail(place, `a value of type ${column.type}`, null) : cell;
  }

  /** Undefined where there is no such formula or it is null. */
  truth(place: string, scope: FeelScope): boolean | undefined {
    const value = this.value(place, scope);
    if (value === null) return this.entry.formulas.has(place) ? false : undefined;
    return typeof value === 'boolean' ? value : this.fail(place, 'true or false', false);
  }

  value(place: string, scope: FeelScope): unknown {
    const formula: CompiledExpression | undefined = this.entry.formulas.get(place);
    if (!formula) return null;
    const { value, failed } = formula.evaluate(scope, this.context);
    return failed ? this.fail(place, `a value (${failed.code})`, null) : (value ?? null);
  }

  fail<Value>(place: string, expected: string, value: Value): Value {
    this.fault ??= `Expected ${expected} at ${place} of ${this.entry.path}.`;
    return value;
  }

  private counts(scope: FeelScope): boolean {
    return this.truth(`${this.below}/where`, scope) !== false;
  }
}
