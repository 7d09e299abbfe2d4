import { evaluate } from 'feelin';
import { compileExpression, scopeOf } from '#feel';
import { atLeast, interleaved, median, type Figure } from './measure.js';

const VARIABLES = { amount: 120, kind: 'wage', people: 4, urgent: false };
const SOURCES = ['amount > 100', 'kind = "wage" and people < 5', 'if urgent then 1 else amount * 2', 'amount + people'];
/** One expression of each class that does some work of its own. */
const CLASSES = {
  arithmetic: 'amount * 1.19 - people / 8',
  comparison: 'amount between 100 and 200 and people in (1, 4, [6..9])',
  text: 'string length(kind) + count(split(kind + ",b", ","))',
  filter: 'sum([1, 2, 3, 4, 5, 6, 7, 8][item > people])',
  iteration: 'sum(for x in 1..20 return x * people)',
  context: '{a: amount, b: a + 1, c: {d: b}}.c.d',
};
const CONTEXT = { now: 0, timeZone: 'Asia/Shanghai' };

/** Simple expressions: ours compiled once, feelin as it is called without a cache of its own. */
export async function feelFigures(): Promise<readonly Figure[]> {
  const ratios: number[] = [];
  for (const source of SOURCES) ratios.push(await ratioOf(source));
  const simple = atLeast('simple FEEL expressions against feelin, uncached', median(ratios), 150, 'times');
  const figures = [simple];
  for (const [kind, source] of Object.entries(CLASSES))
    figures.push(atLeast(`${kind} against feelin, uncached`, await ratioOf(source), 10, 'times'));
  return figures;
}

async function ratioOf(source: string): Promise<number> {
  const compiled = compileExpression(source);
  if (!compiled.ok) throw new Error(`Expected ${source} to compile.`);
  const scope = scopeOf(VARIABLES);
  const [found, expected] = [compiled.expression.evaluate(scope, CONTEXT).value, evaluate(source, VARIABLES).value];
  if (!isSame(found, expected))
    throw new Error(`Expected ${source} to be ${String(expected)} but it is ${String(found)}.`);
  const ours = 100_000;
  const theirs = 200;
  const [ourTime, theirTime] = await interleaved(
    7,
    () => {
      for (let index = 0; index < ours; index++) compiled.expression.evaluate(scope, CONTEXT);
    },
    () => {
      for (let index = 0; index < theirs; index++) evaluate(source, VARIABLES);
    },
  );
  return theirTime / theirs / (ourTime / ours);
}

/** Ours are decimals, theirs are doubles: 142.3 is 142.29999999999998 there. */
const TOLERANCE = 1e-9;

function isSame(found: unknown, expected: unknown): boolean {
  if (typeof found !== 'number' || typeof expected !== 'number') return found === expected;
  return Math.abs(found - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
}
