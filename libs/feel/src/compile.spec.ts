import { compileAttribute, compileExpression, compileUnaryTests, scopeOf, toJson } from './index.js';

const context = { now: Date.UTC(2026, 0, 31, 16, 30), timeZone: 'Asia/Shanghai' };

function evaluate(source: string, variables: Record<string, unknown> = {}, names: string[] = []) {
  const result = compileExpression(source, { names });
  if (!result.ok) throw new Error(`${source}: ${result.problems[0]?.message}`);
  return result.expression.evaluate(scopeOf(variables), context);
}

function value(source: string, variables: Record<string, unknown> = {}, names: string[] = []) {
  return toJson(evaluate(source, variables, names).value);
}

function test(source: string, input: unknown) {
  const result = compileUnaryTests(source);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.expression.evaluate(scopeOf({ '?': input }), context).value;
}

function codeOf(source: string) {
  const result = compileExpression(source);
  return result.ok ? 'ok' : result.problems[0]?.code;
}

describe('expressions', () => {
  it.each([
    ['0.1 + 0.2', 0.3],
    ['1 / 3 * 3', 1],
    ['2 ** 3 - -1', 9],
    ['1 - 2 - 3', -4],
    ['"信" + "访"', '信访'],
    ['1 + "a"', null],
    ['10 / 0', null],
    ['true and null', null],
    ['false and null', false],
    ['true or null', true],
    ['1 = "1"', null],
    ['null = 1', false],
    ['5 between 1 and 10', true],
    ['5 in (1..5]', true],
    ['5 in [1..5[', false],
    ['5 in ]5..9]', false],
    ['5 in (< 3, > 4)', true],
    ['5 in < 6', true],
    ['"b" in ["a", "b"]', true],
    ['if null then 1 else 2', 2],
    ['for i in 1..3, j in [i, 10] return i * j', [1, 10, 4, 20, 9, 30]],
    ['for i in 3..1 return i', [3, 2, 1]],
    ['for i in 0..4 return if i = 0 then 1 else i * partial[-1]', [1, 1, 2, 6, 24]],
    ['some x in [1, 2] satisfies x > 1', true],
    ['every x in [1, null] satisfies x > 0', null],
    ['[1, 2, 3][item > 1]', [2, 3]],
    ['[1, 2, 3][-1]', 3],
    ['[{a: 1, b: "x"}, {a: 2, b: "y"}][a = 2].b', ['y']],
    ['[{a: 1}, {a: 2}].a', [1, 2]],
    ['{a: 1, b: a + 1}.b', 2],
    ['{f: function(n) if n < 2 then 1 else n * f(n - 1)}.f(5)', 120],
    ['(function(a: number, b) a + b)(b: 1, a: 2)', 3],
    ['substring("信访事项", 3)', '事项'],
    ['string join(["a", null, "b"], "-")', 'a-b'],
    ['replace("a1b22", "[0-9]+", "#")', 'a#b#'],
    ['matches("abc", "^a.c$")', true],
    ['split("a,b", ",")', ['a', 'b']],
    ['decimal(2.345, 2)', 2.34],
    ['modulo(-12, 5)', 3],
    ['sort([3, 1, 2], function(x, y) x > y)', [3, 2, 1]],
    ['flatten([1, [2, [3]]])', [1, 2, 3]],
    ['context put({a: 1}, ["b", "c"], 2)', { a: 1, b: { c: 2 } }],
    ['get or else(null, 1)', 1],
    ['is defined(null)', false],
    ['date("2024-02-29") + duration("P1Y")', '2025-02-28'],
    ['@"2026-01-01T00:00:00@Asia/Shanghai" = @"2025-12-31T16:00:00Z"', true],
    ['date and time("2026-01-31T10:00:00+08:00").time offset', 'PT8H'],
    ['last day of month(date("2024-02-10"))', '2024-02-29'],
    ['day of week(@"2026-11-23")', 'Monday'],
    ['years and months duration(date("2020-01-31"), date("2021-03-01"))', 'P1Y1M'],
    ['today()', '2026-02-01'],
    ['now()', '2026-02-01T00:30:00@Asia/Shanghai'],
    ['string(@"P1D")', 'P1D'],
    ['1 instance of number', true],
    ['[1] instance of list<string>', false],
    ['@"2026-01-01" instance of date and time', false],
    ['uuid()', null],
    ['overlaps([1..3], [3..5])', true],
    ['`a-b` + 1', null],
    ['// comment\n1 /* two */ + 2', 3],
  ])('%s is %j', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  it('reads names with Chinese characters, spaces and signs', () => {
    expect(value('案件.编号 + full name + a-b', { 案件: { 编号: '1' }, 'full name': '2', 'a-b': '3' }, ['a-b'])).toBe(
      '123',
    );
  });

  it('names the free variables as dotted paths', () => {
    const result = compileExpression('case.no = x and count([y.z][item > limit]) > 1 and f(a)');

    expect(result.ok && [...result.expression.reads].sort()).toEqual(['a', 'case.no', 'limit', 'x', 'y.z']);
  });

  it('warns of an unknown variable and gives null', () => {
    const { value: found, warnings } = evaluate('missing');

    expect(found).toBeNull();
    expect(warnings).toEqual([
      {
        code: 'unknownVariable',
        message: 'Expected a variable named "missing" but there is none.',
        messageZh: '没有名为 "missing" 的变量。',
        start: 0,
        end: 7,
        line: 1,
        column: 1,
      },
    ]);
  });

  it('calls functions of the host by position and by name', () => {
    const twice = { parameters: ['the number'], invoke: ([n]: readonly unknown[]) => Number(n) * 2 };
    const result = compileExpression('double of(the number: double of(2))');

    expect(
      result.ok && result.expression.evaluate(scopeOf({}), { ...context, functions: { 'double of': twice } }).value,
    ).toBe(8);
  });
});

describe('unary tests', () => {
  it.each([
    ['-', 1, true],
    ['< 5', 4, true],
    ['[1..3], 7', 7, true],
    ['not("a", "b")', 'c', true],
    ['not((1..3])', 1, true],
    ['"a", "b"', 'b', true],
    ['? > 3 and ? < 5', 4, true],
    ['contains(?, "x")', 'axb', true],
    ['null', null, true],
    ['true', false, false],
    ['> date("2026-01-01")', null, null],
  ])('%s for %j is %j', (source, input, expected) => {
    expect(test(source, input)).toBe(expected);
  });
});

describe('attributes', () => {
  it('takes text without = as it is', () => {
    const result = compileAttribute('xf_clerk');

    expect(result.ok && [result.expression.isStatic, result.expression.evaluate(scopeOf({}), context).value]).toEqual([
      true,
      'xf_clerk',
    ]);
  });

  it('takes text behind = as an expression and places problems in the whole text', () => {
    const good = compileAttribute('=1 + 1');
    const bad = compileAttribute('= 1 +');

    expect(good.ok && good.expression.evaluate(scopeOf({}), context).value).toBe(2);
    expect(!bad.ok && bad.problems[0]).toMatchObject({ code: 'syntax', start: 5, line: 1, column: 6 });
  });
});

describe('limits', () => {
  it('refuses more than 4,000 characters', () => {
    expect([codeOf('1'.repeat(4_000)), codeOf('1'.repeat(4_001))]).toEqual(['ok', 'tooLong']);
  });

  it.each(['(', '[', '{a:', '-', 'if ', 'not(', 'f(', 'a[', 'function() '])('refuses deep nesting of %s', (text) => {
    expect(codeOf(text.repeat(400).slice(0, 3_990))).not.toBe('ok');
    expect(codeOf('('.repeat(250) + '1' + ')'.repeat(250))).toBe('tooDeep');
  });

  it('evaluates a long flat sum', () => {
    expect(value(Array(1_900).fill('1').join('+'))).toBe(1_900);
  });

  it.each([
    'for i in 1..1000000000 return i',
    'for i in 1..100000 return for j in 1..100000 return "x"',
    'some x in 1..1000000000 satisfies x < 0',
    `{l: for i in 1..30 return if i = 1 then [1] else [partial[-1], partial[-1]], r: l[-1] instance of ${'list<'.repeat(30)}number${'>'.repeat(30)}}.r`,
  ])('stops %s by its budget', (source) => {
    expect(evaluate(source).failed?.code).toBe('budgetExceeded');
  });

  it('stops endless recursion', () => {
    expect(evaluate('{f: function(n) f(n + 1)}.f(1)').failed?.code).toBe('depthExceeded');
  });
});
