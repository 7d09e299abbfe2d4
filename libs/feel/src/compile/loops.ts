import type { Iterator_, Node } from '../parser/syntax.js';
import { compareValues } from '../values/compare.js';
import { integerOf } from '../values/number.js';
import { FeelRange } from '../values/range.js';
import { shown } from '../values/shown.js';
import { FeelDate } from '../values/temporal.js';
import { compileNode } from './compile-node.js';
import { enterScope, type CompileState } from './lexical.js';
import type { Code, Env, Position } from './run.js';

type NodeOf<Type extends Node['type']> = Extract<Node, { type: Type }>;
type Source = (env: Env) => Iterable<unknown> | null;

/** Compiles `for ... return`; `partial` is the list of results so far. */
export function compileFor(node: NodeOf<'for'>, state: CompileState): Code {
  const outer = enterScope(state, ['partial']);
  const { sources, inner } = compileIterators(node.iterators, outer);
  const body = compileNode(node.body, inner);
  const weight = weightOf(node.body);
  return (env) => {
    const results: unknown[] = [];
    const done = iterate({ run: env.run, values: [results], up: env }, sources, (bound) => {
      bound.run.charge(weight);
      results.push(body(bound) ?? null);
      return true;
    });
    return done === null ? null : results;
  };
}

/** Compiles `some` and `every`, with three-valued logic (DMN 1.5, 10.3.2.4 and 10.3.2.15). */
export function compileQuantified(node: NodeOf<'quantified'>, state: CompileState): Code {
  const { sources, inner } = compileIterators(node.iterators, state);
  const body = compileNode(node.body, inner);
  const weight = weightOf(node.body);
  const decisive = node.quantifier === 'some';
  return (env) => {
    let result: boolean | null = !decisive;
    const done = iterate(env, sources, (bound) => {
      bound.run.charge(weight);
      const value = body(bound);
      if (value === decisive) result = decisive;
      else if (typeof value !== 'boolean') result = null;
      return value !== decisive;
    });
    return done === null ? null : result;
  };
}

function weightOf(body: Node): number {
  return 1 + Math.floor((body.end - body.start) / 16);
}

function compileIterators(
  iterators: readonly Iterator_[],
  state: CompileState,
): { sources: Source[]; inner: CompileState } {
  const sources: Source[] = [];
  let inner = state;
  for (const { name, source } of iterators) {
    sources.push(compileSource(source, inner));
    inner = enterScope(inner, [name]);
  }
  return { sources, inner };
}

/** Visits all combinations; null if a source is no list. `visit` gives false to stop. */
function iterate(env: Env, sources: readonly Source[], visit: (bound: Env) => boolean, level = 0): boolean | null {
  const source = sources[level];
  if (source === undefined) return visit(env);
  const items = source(env);
  if (items === null) return null;
  for (const item of items) {
    env.run.charge(1);
    const go = iterate({ run: env.run, values: [item], up: env }, sources, visit, level + 1);
    if (go !== true) return go;
  }
  return true;
}

function compileSource(node: Node, state: CompileState): Source {
  if (node.type === 'iteration') return compileSteps(node, state);
  const code = compileNode(node, state);
  return (env) => {
    const value = code(env);
    if (Array.isArray(value)) return value as unknown[];
    if (value instanceof FeelRange) return rangeItems(value) ?? refuse(env, [value.start, value.end], node);
    return value === null || value === undefined
      ? env.run.warn('iteration', 'Expected a list but found null.', node)
      : [value];
  };
}

function compileSteps(node: NodeOf<'iteration'>, state: CompileState): Source {
  const low = compileNode(node.low, state);
  const high = compileNode(node.high, state);
  return (env) => {
    const ends = [low(env), high(env)] as const;
    return stepsBetween(...ends) ?? refuse(env, ends, node);
  };
}

function refuse(env: Env, ends: readonly unknown[], at: Position): null {
  const found = ends.map(shown).join(' and ');
  return env.run.warn('iteration', `Expected two integers or two dates around ".." but found ${found}.`, at);
}

function rangeItems(range: FeelRange): Iterable<unknown> | undefined {
  const steps = stepsBetween(range.start, range.end);
  return steps && within(steps, range);
}

function* within(items: Iterable<unknown>, range: FeelRange): Iterable<unknown> {
  for (const item of items) {
    const isStart = !range.startIncluded && compareValues(item, range.start) === 0;
    const isEnd = !range.endIncluded && compareValues(item, range.end) === 0;
    if (!isStart && !isEnd) yield item;
  }
}

function stepsBetween(low: unknown, high: unknown): Iterable<unknown> | undefined {
  if (low instanceof FeelDate && high instanceof FeelDate) return dates(low.dayNumber, high.dayNumber);
  const first = integerOf(low);
  const last = integerOf(high);
  return first === undefined || last === undefined ? undefined : integers(first, last);
}

function* integers(first: number, last: number): Iterable<number> {
  const step = first <= last ? 1 : -1;
  for (let value = first; step > 0 ? value <= last : value >= last; value += step) yield value;
}

function* dates(first: number, last: number): Iterable<FeelDate | null> {
  for (const day of integers(first, last)) yield FeelDate.ofDayNumber(day) ?? null;
}
