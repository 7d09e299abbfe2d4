import fc from 'fast-check';
import { compileAttribute, compileExpression, compileUnaryTests, fromJson, scopeOf, toJson } from './index.js';

const context = { now: 0, timeZone: 'UTC', maxSteps: 2_000 };
const words = [
  'if ',
  'then ',
  'else ',
  'for ',
  'in ',
  'return ',
  'some ',
  'satisfies ',
  'function(',
  'not(',
  'x ',
  '? ',
  '信访 ',
];
const signs = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '..',
  '.',
  ',',
  ':',
  '"',
  '`',
  '@"',
  '-',
  '**',
  '<',
  '=',
  '/*',
  '//',
  '\\',
  '\u0000',
];
const values = [
  '1 ',
  '1e999 ',
  '.5 ',
  '"a" ',
  'null ',
  'true ',
  '@"P1D" ',
  '[1..3]',
  'sum(',
  'date(',
  'flatten(',
  'item ',
  'and ',
  'or ',
];
const fragments = fc
  .array(fc.constantFrom(...words, ...signs, ...values), { maxLength: 60 })
  .map((parts) => parts.join(''));
const scope = scopeOf({ x: [1, { a: 2 }], 信访: '件', '?': 5 });

function run(source: string): readonly unknown[] {
  return [compileExpression, compileUnaryTests, compileAttribute].map((compile) => {
    const result = compile(source);
    return result.ok ? toJson(result.expression.evaluate(scope, context).value) : result.problems.length;
  });
}

describe('laws of FEEL', () => {
  it('neither throws nor hangs on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (source) => run(source).length === 3),
      { numRuns: 500 },
    );
  });

  it('neither throws nor hangs on any mix of its own words', () => {
    fc.assert(
      fc.property(fragments, (source) => run(source).length === 3),
      { numRuns: 1_000 },
    );
  });

  it('compiles texts of any repeated word within a blink', () => {
    const startedAt = performance.now();

    fc.assert(
      fc.property(
        fc.constantFrom(...words, ...signs, ...values),
        (word) => run(word.repeat(4_000).slice(0, 4_000)).length === 3,
      ),
      { numRuns: 40 },
    );

    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  it('gives JSON back as it came', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(toJson(fromJson(value))).toEqual(value)));
  });

  it('adds decimals without binary noise', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });

    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const result = compileExpression('a + b');
        const value = result.ok && result.expression.evaluate(scopeOf({ a: a / 100, b: b / 100 }), context).value;
        expect(value).toBe((a + b) / 100);
      }),
    );
  });
});
