import { compileExpression, equalValues, scopeOf } from '#feel';
import { DecisionFailure } from './logic.js';
import type { Aggregation, HitPolicy } from './model.js';

/** A rule that matches; its outputs are evaluated when asked for. */
export interface Hit {
  readonly ruleId: string;
  readonly number: number;
  outputs(): readonly unknown[];
}

interface Table {
  readonly hits: readonly Hit[];
  readonly names: readonly string[];
  /** Output values by column, the most important first; null where the column has none. */
  readonly priorities: readonly (readonly unknown[] | null)[];
  readonly aggregation: Aggregation | undefined;
}

interface Outcome {
  readonly taken: readonly Hit[];
  readonly value: unknown;
}

/** One result out of the rules that match, by hit policy (DMN 1.5, 8.2.11). No match gives null. */
export const hitPolicies: Readonly<Record<HitPolicy, (table: Table) => Outcome>> = {
  UNIQUE: unique,
  ANY: agreed,
  FIRST: (table) => single(table, table.hits[0]),
  PRIORITY: (table) => single(table, ordered(table)[0]),
  COLLECT: collect,
  'RULE ORDER': (table) => all(table, table.hits),
  'OUTPUT ORDER': (table) => all(table, ordered(table)),
};

function shaped({ names }: Table, outputs: readonly unknown[]): unknown {
  if (outputs.length <= 1) return outputs[0] ?? null;
  return Object.fromEntries(names.map((name, index) => [name, outputs[index] ?? null]));
}

function single(table: Table, hit: Hit | undefined): Outcome {
  return hit ? { taken: [hit], value: shaped(table, hit.outputs()) } : { taken: [], value: null };
}

function all(table: Table, hits: readonly Hit[]): Outcome {
  return { taken: hits, value: hits.length === 0 ? null : hits.map((hit) => shaped(table, hit.outputs())) };
}

function numbers(hits: readonly Hit[]): string {
  return hits.map(({ number }) => number).join(', ');
}

function unique(table: Table): Outcome {
  if (table.hits.length > 1) {
    throw new DecisionFailure('severalRulesMatch', `Expected one rule to match but rules ${numbers(table.hits)} do.`);
  }
  return single(table, table.hits[0]);
}

function agreed(table: Table): Outcome {
  const values = table.hits.map((hit) => hit.outputs());
  if (values.some((value) => equalValues(value, values[0]) !== true)) {
    throw new DecisionFailure(
      'rulesDisagree',
      `Expected matching rules to agree but rules ${numbers(table.hits)} differ.`,
    );
  }
  return { taken: table.hits, value: values[0] ? shaped(table, values[0]) : null };
}

/** By the first column, then the second and so on; values that are not listed come last. */
function ordered({ hits, priorities }: Table): readonly Hit[] {
  const ranked = hits.map((hit) => ({
    hit,
    ranks: hit.outputs().map((value, index) => rank(value, priorities[index] ?? null)),
  }));
  const compare = (a: readonly number[], b: readonly number[]): number =>
    a.map((each, index) => each - (b[index] ?? 0)).find((each) => each !== 0) ?? 0;
  return ranked.sort((a, b) => compare(a.ranks, b.ranks)).map(({ hit }) => hit);
}

function rank(value: unknown, values: readonly unknown[] | null): number {
  if (!values) return 0;
  const index = values.findIndex((each) => equalValues(each, value) === true);
  return index < 0 ? values.length : index;
}

const AGGREGATIONS: Readonly<Record<Exclude<Aggregation, 'COUNT'>, string>> = {
  SUM: 'sum(outputs)',
  MIN: 'min(outputs)',
  MAX: 'max(outputs)',
};

function collect(table: Table): Outcome {
  const { aggregation, hits } = table;
  if (aggregation === undefined) return all(table, hits);
  if (aggregation === 'COUNT') return { taken: hits, value: hits.length };
  if (hits.length === 0) return { taken: [], value: null };
  const outputs = hits.map((hit) => shaped(table, hit.outputs()));
  const value = aggregate(AGGREGATIONS[aggregation], outputs);
  if (value === null)
    throw new DecisionFailure(
      'aggregationFailed',
      `Expected values that ${aggregation} can join in rules ${numbers(hits)}.`,
    );
  return { taken: hits, value };
}

/** In decimal arithmetic, as FEEL does it. */
function aggregate(source: string, outputs: readonly unknown[]): unknown {
  const result = compileExpression(source);
  return result.ok ? result.expression.evaluate(scopeOf({ outputs }), { now: 0, timeZone: 'UTC' }).value : null;
}
