import { compileAttribute, compileExpression, scopeOf, type CompileResult, type EvaluationContext } from './index.js';

const context: EvaluationContext = {
  now: 0,
  timeZone: 'UTC',
  functions: {
    'days of': {
      parameters: ['text'],
      invoke: () => {
        throw new RangeError('Expected a number of days but found string.');
      },
    },
  },
};
const variables = { amount: 5, cases: [{ no: 'A1' }] };

function evaluated(result: CompileResult, more: Partial<EvaluationContext> = {}, seen: object = variables) {
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.expression.evaluate(scopeOf({ ...seen }), { ...context, ...more });
}

type Row = [kind: string, source: string, marked: string, code: string, message: string];

describe('each warning says what was expected and what was found, and where', () => {
  it.each<Row>([
    [
      'wrong type',
      'amount + "a"',
      'amount + "a"',
      'arithmetic',
      'Expected values that fit "+" but found number and string.',
    ],
    [
      'number beyond what JSON can hold',
      '[10 ** 400]',
      '[10 ** 400]',
      'numberTooLarge',
      'Expected a result within 1.8e308, the range of JSON numbers, but found a larger number.',
    ],
    [
      'wrong type after a minus',
      '1 + -"a"',
      '-"a"',
      'arithmetic',
      'Expected a number or duration after "-" but found string.',
    ],
    [
      'values without order',
      'amount < "a"',
      'amount < "a"',
      'comparison',
      'Expected comparable values but found number and string.',
    ],
    [
      'values without order around between',
      '1 between "a" and 2',
      '1 between "a" and 2',
      'comparison',
      'Expected comparable values around "between" but found number, string, number.',
    ],
    [
      'division by zero',
      '1 + amount / 0',
      'amount / 0',
      'divisionByZero',
      'Expected a divisor other than 0 but found 0.',
    ],
    [
      'a number that is too large',
      '10 ** 7000',
      '10 ** 7000',
      'outOfRange',
      'Expected a number as result of "**" but it is none or too large.',
    ],
    [
      'unknown variable',
      '1 + missing',
      'missing',
      'unknownVariable',
      'Expected a variable named "missing" but there is none.',
    ],
    [
      'unknown entry',
      'cases[1].days',
      'cases[1].days',
      'unknownProperty',
      'Expected an entry named "days" but the context has none.',
    ],
    [
      'unknown property',
      'amount.days',
      'amount.days',
      'unknownProperty',
      'Expected a value with a property "days" but found number.',
    ],
    [
      'unknown function',
      'not(frob(1))',
      'frob(1)',
      'unknownFunction',
      'Expected a function named "frob" but there is none.',
    ],
    [
      'a value called',
      'amount(1)',
      'amount(1)',
      'notAFunction',
      'Expected "amount" to be a function but found number.',
    ],
    [
      'wrong argument',
      'floor("a")',
      'floor("a")',
      'arguments',
      'Expected floor(n: number, scale?: number) but found (string).',
    ],
    [
      'wrong number of arguments',
      '{f: function(a) a, r: f()}.r',
      'f()',
      'arguments',
      'Expected 1 arguments but found 0.',
    ],
    [
      'wrong name of an argument',
      'floor(m: 1)',
      'floor(m: 1)',
      'arguments',
      'Expected arguments named n, scale but found m.',
    ],
    [
      'wrong type of an argument',
      '{f: function(a: number) a, r: f("x")}.r',
      'f("x")',
      'arguments',
      'Expected number for "a" but found string.',
    ],
    [
      'index out of range',
      '[1, 2][3]',
      '[1, 2][3]',
      'index',
      'Expected a position from 1 to 2 or from -2 to -1 but found 3.',
    ],
    ['index into nothing', '[][1]', '[][1]', 'index', 'Expected a list that is not empty but found 1.'],
    [
      'position out of range',
      'remove([1], 2)',
      'remove([1], 2)',
      'functionFailed',
      'Expected a position from 1 to 1 or from -1 to -1 but found 2 (remove).',
    ],
    [
      'invalid text of a date',
      'date("2026-02-30")',
      'date("2026-02-30")',
      'functionFailed',
      'Expected a date such as 2026-01-31 but found "2026-02-30" (date).',
    ],
    [
      'invalid literal',
      '@"2026-02-30"',
      '@"2026-02-30"',
      'literal',
      'Expected a date, time or duration but found "2026-02-30".',
    ],
    [
      'a day that does not exist',
      'date(2026, 2, 30)',
      'date(2026, 2, 30)',
      'functionFailed',
      'Expected a day that exists but found 2026, 2, 30 (date).',
    ],
    [
      'invalid text of a number',
      'number("1,5")',
      'number("1,5")',
      'functionFailed',
      'Expected a number but found "1,5" (number).',
    ],
    [
      'an interval that is none',
      '[2..1]',
      '[2..1]',
      'range',
      'Expected an interval from low to high but found number and number.',
    ],
    [
      'no steps',
      'for i in 1.."a" return i',
      '1.."a"',
      'iteration',
      'Expected two integers or two dates around ".." but found 1 and "a".',
    ],
    ['no list', 'for i in null return i', 'null', 'iteration', 'Expected a list but found null.'],
    ['unknown type', '1 instance of money', '1 instance of money', 'unknownType', 'Expected a type but found "money".'],
    [
      'a whole number that JSON cannot say',
      '110101199003078888 + 1',
      '110101199003078888 + 1',
      'numberInexact',
      'Expected whole numbers within 2^53, which JSON says exactly, but a larger one loses its last digits; keep it as text.',
    ],
    [
      'a function of the host that fails',
      '1 + days of("x")',
      'days of("x")',
      'functionFailed',
      'Expected a result of "days of" but it failed: Expected a number of days but found string.',
    ],
    [
      'no source of random numbers',
      'uuid()',
      'uuid()',
      'functionFailed',
      'Expected a source of random numbers in the context but found none (uuid).',
    ],
  ])('%s: %s', (_kind, source, marked, code, message) => {
    const { warnings } = evaluated(compileExpression(source, { names: ['amount'] }));

    expect(warnings[0]).toMatchObject({ code, message });
    expect(source.slice(warnings[0]?.start, warnings[0]?.end)).toBe(marked);
  });

  it('gives line and column', () => {
    const { warnings } = evaluated(compileExpression('1 +\n  missing'));

    expect(warnings[0]).toMatchObject({ start: 6, end: 13, line: 2, column: 3 });
  });

  it('counts in the whole attribute, the sign = included', () => {
    const { warnings } = evaluated(compileAttribute(' = missing'));

    expect(warnings[0]).toMatchObject({ start: 3, end: 10, line: 1, column: 4 });
  });

  it('stands at the call where the function comes from another text', () => {
    const { value: half } = evaluated(compileExpression('function(n) n / 0 + missing'));

    const { warnings } = evaluated(compileExpression('1 + half(2)'), {}, { half });

    expect(warnings.map(({ start, end }) => '1 + half(2)'.slice(start, end))).toEqual([
      'half(2)',
      'half(2)',
      'half(2)',
      '1 + half(2)',
    ]);
  });

  it('stands in the text where a function of another text calls back', () => {
    const { value: twice } = evaluated(compileExpression('function(f) f(f(1))'));
    const source = 'twice(function(n) n + missing)';

    const { warnings } = evaluated(compileExpression(source), {}, { twice });

    expect(source.slice(warnings[0]?.start, warnings[0]?.end)).toBe('missing');
  });
});

describe('an evaluation without value', () => {
  it.each([
    [
      'for i in 1..1000 return i',
      { maxSteps: 100 },
      'Expected the evaluation to end within 100 steps but it takes more.',
    ],
    ['assert(1, 1 > 2, "too little")', {}, 'Expected the condition to hold but it does not: too little'],
    ['{f: function(n) f(n + 1)}.f(1)', {}, 'Expected at most 100 nested function calls but found more.'],
  ])('says why: %s', (source, more, message) => {
    const { failed } = evaluated(compileExpression(source), more);

    expect(failed).toMatchObject({ message, start: 0, end: source.length, line: 1, column: 1 });
  });
});
