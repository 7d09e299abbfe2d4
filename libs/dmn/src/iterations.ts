import { compileExpression, scopeOf, type CompiledExpression, type FeelScope } from '#feel';
import { unbound, type DecisionRun, type Logic } from './logic.js';

/** A loop over a source: each item by its name in the body. */
export interface Iteration {
  readonly name: string;
  readonly source: Logic;
  readonly body: Logic;
}

const ITEMS = compiledItems();

function compiledItems(): CompiledExpression {
  const result = compileExpression('for item in source return item');
  if (!result.ok) throw new Error('Expected the text of an iteration to compile.');
  return result.expression;
}

/** What a FEEL iteration goes through: a list, an item by itself, the numbers of an interval; null for null. */
function itemsOf(value: unknown, run: DecisionRun): readonly unknown[] | null {
  if (value === null || value === undefined) return null;
  const items = Array.isArray(value) ? value : (run.value(ITEMS, scopeOf({ source: value })) as unknown[] | null);
  run.charge(items?.length ?? 0);
  return items;
}

/** As FEEL filters (DMN 1.5, 10.2.1.11): by position where the match is a number, else the items for which it is true. */
export function filterLogic(source: Logic, match: Logic): Logic {
  return {
    reads: [...source.reads, ...unbound(match.reads, ['item'])],
    evaluate(scope, run) {
      const found = source.evaluate(scope, run) ?? null;
      const list: readonly unknown[] = Array.isArray(found) ? found : found === null ? [] : [found];
      run.charge(list.length);
      const matches = list.map((item) => match.evaluate(itemScope(item, scope), run));
      const [first] = matches;
      if (typeof first === 'number') return list.at(first > 0 ? first - 1 : first) ?? null;
      return list.filter((_, index) => matches[index] === true);
    },
  };
}

function itemScope(item: unknown, scope: FeelScope): FeelScope {
  const entries =
    typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Record<string, unknown>) : {};
  return scopeOf({ ...entries, item }, scope);
}

/** Boxed `for`: the list of what the body gives for each item; null where the source is null. */
export function forLogic({ name, source, body }: Iteration): Logic {
  const seesPartial = unbound(body.reads, ['partial']).length < body.reads.length;
  return {
    reads: [...source.reads, ...unbound(body.reads, [name, 'partial'])],
    evaluate(scope, run) {
      const list = itemsOf(source.evaluate(scope, run), run);
      const results: unknown[] = [];
      for (const item of list ?? []) {
        if (seesPartial) run.charge(results.length);
        // Each round sees the results so far as they stand: a value that keeps them must not grow with the loop.
        const variables = { [name]: item, ...(seesPartial && { partial: [...results] }) };
        results.push(body.evaluate(scopeOf(variables, scope), run));
      }
      return list && results;
    },
  };
}

/** Boxed `some` (decided by true) and `every` (decided by false). */
export function quantifiedLogic({ name, source, body }: Iteration, decisive: boolean): Logic {
  return {
    reads: [...source.reads, ...unbound(body.reads, [name])],
    evaluate(scope, run) {
      const list = itemsOf(source.evaluate(scope, run), run);
      const results = list?.map((item) => body.evaluate(scopeOf({ [name]: item }, scope), run));
      if (!results) return null;
      return results.includes(decisive)
        ? decisive
        : results.every((result) => typeof result === 'boolean')
          ? !decisive
          : null;
    },
  };
}
