import { builtinNames } from './builtins/index.js';
import { compileExpression, scopeOf, type FeelProblem } from './index.js';

const context = { now: 0, timeZone: 'UTC' };

/** All that is said about an expression. */
function saidOf(source: string): readonly FeelProblem[] {
  const compiled = compileExpression(source);
  if (!compiled.ok) return compiled.problems;
  const { warnings, failed } = compiled.expression.evaluate(scopeOf({}), context);
  return failed ? [...warnings, failed] : warnings;
}

const arguments_ =
  '|null|-1|"a"|[]|[1, "a"]|{a: 1}|[1..3]|@"2026-01-01"|@"P1D"|function(x) x|1, "a"|[1], 0|[1], 5|"a", 0|"a", "["|1, 0|[1], function(x) x, 1|[1, 2], function(x, y) 1|["a", 1], "b"|{a: 1}, ["a", "b"], 2|2020, 13, 1|25, 0, 0|"1", ".", "."|1, 7000'.split(
    '|',
  );

describe('what FEEL says in Chinese', () => {
  it.each([
    ['1 +', '应为名称，实际为表达式结尾。'],
    ['(1', '应为 ")"，实际为表达式结尾。'],
    ['"a', '文本缺少结束的双引号。'],
    ['{金额: 1, 金额: 2}', '键 "金额" 重复。'],
    ['金额 > 5', '没有名为 "金额" 的变量。'],
    ['1 + "a"', '应为能用 "+" 运算的值，实际为数字、文本。'],
    ['1 < "a"', '应为可以比较的值，实际为数字、文本。'],
    ['1 / 0', '除数不能为 0。'],
    ['date("明天")', '函数 date：应为日期，如 2026-01-31，实际为 "明天"。'],
    ['sum([1, "a"])', '函数 sum：应为数字，实际为文本。'],
    ['string length(5)', '参数不符：应为 string length(string: string)，实际为数字。'],
    ['[1, 2][5]', '应为 1 至 2 或 -2 至 -1 的位置，实际为 5。'],
    ['{f: function(n) f(n), r: f(1)}.r', '函数嵌套调用超过了 100 层。'],
    ['for i in 1..1000000 return i', '计算超过了 100000 步的上限。'],
  ])('%s: %s', (source, wanted) => {
    expect(saidOf(source).map(({ messageZh }) => messageZh)).toContain(wanted);
  });

  it('keeps what a name or value says, whatever signs it holds', () => {
    expect(saidOf('get value({}, "x")["$1 but found $&"]')).toEqual([]);
    expect(saidOf('date("$1 but found $&.")').map(({ messageZh }) => messageZh)).toEqual([
      '函数 date：应为日期，如 2026-01-31，实际为 "$1 but found $&."。',
    ]);
  });

  it.each(builtinNames.map((name) => [name]))('has a sentence for whatever %s says', (name) => {
    const said = arguments_.flatMap((given) => saidOf(`${name}(${given})`));

    expect(said.filter(({ messageZh }) => messageZh === undefined).map(({ message }) => message)).toEqual([]);
  });
});
