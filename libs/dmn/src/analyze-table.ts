import type { Problem } from '#bpmn';
import { StepBudget } from '#feel';
import { columnOf, type Column, type InputColumn } from './analysis/column.js';
import { CoverSearch, takes, wholeBox } from './analysis/cover.js';
import {
  emptyFinding,
  exampleText,
  gapFinding,
  maskedFinding,
  moreFinding,
  overlapFinding,
  stoppedFinding,
  type Finding,
} from './analysis/findings.js';
import { meetingPairs, meetingPoint } from './analysis/meeting-pairs.js';
import { compareRanks, outputRanks } from './analysis/priority.js';
import type { CompiledDecision, DecisionTable } from './model.js';

const MAX_GAPS = 5;
const MAX_OVERLAPS = 20;
const MAX_UNREACHABLE = 20;
/** Steps of one search; a step is one rule looked at in one place. */
const MAX_STEPS = 40_000;
/** Pairs of rules that the search for overlaps compares; a pair costs less than a step. */
const MAX_PAIRS = 500_000;

/**
 * Finds gaps (no rule matches), overlaps (several rules match, in UNIQUE and ANY tables) and rules that decide nothing, each with an
 * example, as warnings (DMN 1.5, 8.2.11). Cells of literals are understood: numbers, texts, booleans, temporal values, intervals,
 * comparisons, lists of these and `not(...)`, within the allowed values of the column and its type. Of other cells it is supposed that
 * they leave no gap, meet cells of the same text and are met by `-`. Null counts only in a column that names it. Where a search needs
 * too many steps, a warning says at which place it stopped.
 */
export function analyzeDecisionTable(decision: CompiledDecision): Problem[] {
  const { table } = decision;
  if (!table || table.rules.length === 0 || table.inputs.length === 0) return [];
  const columns = table.inputs.map((_, index) => inputColumn(table, index));
  const empty = emptyRules(table, columns);
  const found = [
    ...overlaps(table, columns, empty),
    ...gaps(table, columns),
    ...empty.values(),
    ...masked(table, columns, empty),
  ];
  const at = { severity: 'warning' as const, elementId: decision.decisionId, elementName: decision.name };
  return found.map((each) => ({ ...at, ...each }));
}

const SAMPLES: Readonly<Record<string, string>> = { number: '0', string: '"other"', boolean: 'true' };

function inputColumn({ inputs, rules }: DecisionTable, index: number): InputColumn {
  const {
    typeRef = '',
    allowedValues,
    typeAllows = [],
    base = typeRef,
  } = inputs[index] as DecisionTable['inputs'][number];
  const texts = rules.map(({ inputEntries }) => inputEntries[index] ?? '');
  return columnOf(texts, allowedValues === undefined ? typeAllows : [allowedValues, ...typeAllows], SAMPLES[base]);
}

function emptyRules(table: DecisionTable, columns: readonly InputColumn[]): ReadonlyMap<number, Finding> {
  const found = table.rules.flatMap(({ inputEntries, number }, rule) => {
    const index = columns.findIndex(({ widest }) => widest.cells[rule]?.length === 0);
    if (index < 0) return [];
    return [[rule, emptyFinding(number, table.inputs[index]?.label ?? '', inputEntries[index] ?? '')] as const];
  });
  return new Map(found.slice(0, MAX_UNREACHABLE));
}

function overlaps(
  table: DecisionTable,
  inputColumns: readonly InputColumn[],
  empty: ReadonlyMap<number, Finding>,
): Finding[] {
  if (table.hitPolicy !== 'UNIQUE' && table.hitPolicy !== 'ANY') return [];
  const columns = inputColumns.map(({ narrowest }) => narrowest);
  const isWanted = (first: number, second: number) =>
    !empty.has(first) && !empty.has(second) && !(table.hitPolicy === 'ANY' && haveSameOutputs(table, first, second));
  const limits = { budget: new StepBudget(MAX_PAIRS), wanted: MAX_OVERLAPS };
  const { pairs, isComplete, hasMore } = meetingPairs(columns, isWanted, limits);
  const found = [...pairs]
    .sort((a, b) => a.first - b.first || a.second - b.second)
    .map(({ first, second, point }) => overlapFinding(first + 1, second + 1, exampleText(table, columns, point)));
  if (hasMore) found.push(moreFinding('overlaps', MAX_OVERLAPS));
  return isComplete ? found : [...found, stoppedFinding('overlaps', `${MAX_PAIRS} pairs of rules`)];
}

function haveSameOutputs({ rules }: DecisionTable, first: number, second: number): boolean {
  return rules[first]?.outputEntries.join('\n') === rules[second]?.outputEntries.join('\n');
}

function gaps(table: DecisionTable, inputColumns: readonly InputColumn[]): Finding[] {
  if (table.hasDefault || table.hitPolicy === 'COLLECT') return [];
  const columns = inputColumns.map(({ widest }) => widest);
  const budget = new StepBudget(MAX_STEPS);
  const search = new CoverSearch(columns, wholeBox(columns), budget, MAX_GAPS + 1);
  const { points, isComplete } = search.uncovered([...table.rules.keys()]);
  const found = points.slice(0, MAX_GAPS).map((point) => gapFinding(exampleText(table, columns, point)));
  if (points.length > MAX_GAPS) return [...found, moreFinding('gaps', MAX_GAPS)];
  return isComplete ? found : [...found, stoppedFinding('gaps', `${MAX_STEPS} steps`)];
}

/** Rules of FIRST and PRIORITY tables whose inputs are all taken by rules that go before them. */
function masked(
  table: DecisionTable,
  inputColumns: readonly InputColumn[],
  empty: ReadonlyMap<number, Finding>,
): Finding[] {
  const goesBefore = precedence(table);
  if (!goesBefore) return [];
  const columns = inputColumns.map(({ narrowest }) => narrowest);
  const budget = new StepBudget(MAX_STEPS);
  const found: Finding[] = [];
  for (const { number } of table.rules) {
    const rule = number - 1;
    if (empty.has(rule)) continue;
    if (found.length >= MAX_UNREACHABLE) return [...found, moreFinding('unreachable', MAX_UNREACHABLE)];
    if (!budget.take(table.rules.length)) return [...found, stoppedFinding('unreachable', `rule ${number}`)];
    const before = [...table.rules.keys()].filter(
      (other) => goesBefore(other, rule) && meetingPoint(columns, other, rule) !== undefined,
    );
    const { points, isComplete } = search(columns, rule, before, budget);
    if (!isComplete) return [...found, stoppedFinding('unreachable', `rule ${number}`)];
    if (points.length === 0) found.push(maskedBy(table, columns, rule, before));
  }
  return found;
}

function search(columns: readonly Column[], rule: number, before: readonly number[], budget: StepBudget) {
  const box = columns.map(({ cells }) => cells[rule] ?? []);
  return new CoverSearch(columns, box, budget, 1).uncovered(before);
}

function maskedBy(table: DecisionTable, columns: readonly Column[], rule: number, before: readonly number[]): Finding {
  const point = columns.map(({ cells }) => cells[rule]?.[0]?.[0] ?? 0);
  const by = before.find((other) => columns.every(({ cells }, at) => takes(cells[other] ?? [], point[at] ?? 0)));
  return maskedFinding(rule + 1, (by ?? 0) + 1, exampleText(table, columns, point));
}

/** Which of two rules that both match decides; undefined for hit policies where all do. */
function precedence(table: DecisionTable): ((other: number, rule: number) => boolean) | undefined {
  if (table.hitPolicy === 'FIRST') return (other, rule) => other < rule;
  const ranks = table.hitPolicy === 'PRIORITY' ? outputRanks(table) : undefined;
  if (!ranks) return undefined;
  return (other, rule) => {
    const order = compareRanks(ranks[other] ?? [], ranks[rule] ?? []);
    return order < 0 || (order === 0 && other < rule);
  };
}
