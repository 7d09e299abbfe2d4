import { compileExpression, scopeOf } from '../index.js';
import { builtinNames } from './index.js';

const values =
  'null|true|0|-1|1000000|"a"|[]|[1, 2]|["a"]|[1, "a"]|[null]|{a: 1}|[1..3]|["a".."c"]|@"2026-01-01"|@"10:00:00"|@"P1D"|@"P1M"|function(x) x|function(x, y) "no"'.split(
    '|',
  );
const pairs = values.flatMap((first) => values.map((second) => `${first}, ${second}`));
const context = { now: 0, timeZone: 'UTC' };

/** What the standard, or the purpose of the function, makes null by its meaning. DMN 1.5, 10.3.4.4. */
const meant: Readonly<Record<string, readonly string[]>> = {
  string: ['null'],
  min: ['[]'],
  max: ['[]'],
  sum: ['[]'],
  mean: ['[]'],
  product: ['[]'],
  median: ['[]'],
  stddev: ['[]'],
  all: ['null', '[null]', 'null, null', 'null, true', 'true, null'],
  any: ['null', '[null]', 'null, null'],
  not: ['null'],
  'get or else': ['null, null'],
  fromAi: ['null', ...values.map((value) => `null, ${value}`)],
  assert: ['null, true'],
};

function silentNulls(name: string): readonly string[] {
  return ['', ...values, ...pairs].filter((args) => {
    const compiled = compileExpression(`${name}(${args})`);
    if (!compiled.ok) return false;
    const { value, warnings, failed } = compiled.expression.evaluate(scopeOf({}), context);
    return value === null && !failed && warnings.length === 0;
  });
}

describe('a built-in function that cannot give a value', () => {
  it.each(builtinNames.map((name) => [name]))('says why, as %s does', (name) => {
    expect(silentNulls(name).toSorted()).toEqual((meant[name] ?? []).toSorted());
  });

  it.each([
    ['sum([1, "a"])', 'Expected numbers but found string (sum).'],
    ['sum([@"P1D", 1])', 'Expected durations of one kind but found days and time duration and number (sum).'],
    ['min(1, "a")', 'Expected values of one kind that have an order but found number and string (min).'],
    ['stddev(1)', 'Expected two numbers or more but found one (stddev).'],
    ['all(true, 1)', 'Expected true, false or null but found number (all).'],
    ['floor(1, 7000)', 'Expected a scale from -6111 to 6176 but found 7000 (floor).'],
    ['partition([1], 0)', 'Expected a whole number of 1 or more as size but found 0 (partition).'],
    ['string join(["a", 1])', 'Expected texts but found number (string join).'],
    ['context merge([{a: 1}, 2])', 'Expected contexts but found number (context merge).'],
    ['context([{key: "a", value: 1}, {key: "a", value: 2}])', 'Expected each key once but found "a" twice (context).'],
    ['context put({a: 1}, ["a", "b"], 2)', 'Expected a context at "a" but found number (context put).'],
    ['product([1e6000, 1e6000])', 'Expected a result in the range of values but found one beyond it (product).'],
    ['mean([9e6144, 9e6144])', 'Expected a result in the range of values but found one beyond it (mean).'],
    ['stddev([9e6144, -9e6144])', 'Expected a result in the range of values but found one beyond it (stddev).'],
    ['exp(15000)', 'Expected a result in the range of values but found one beyond it (exp).'],
    ['before(1, "a")', 'Expected values that can be compared but found number and string (before).'],
  ])('says what was expected and found: %s', (source, message) => {
    const compiled = compileExpression(source);

    const { value, warnings } = compiled.ok
      ? compiled.expression.evaluate(scopeOf({}), context)
      : { value: 'not compiled', warnings: [] };

    expect(value).toBeNull();
    expect(warnings).toMatchObject([{ code: 'functionFailed', message, line: 1, column: 1 }]);
  });
});
