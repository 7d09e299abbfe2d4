/** What a fault or warning says, as a pattern of the English sentence, and the same in Chinese; `$1` is a part that stays as it is. */
type Rule = readonly [RegExp, string];

const KINDS: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: '布尔值',
  number: '数字',
  string: '文本',
  list: '列表',
  context: '上下文',
  date: '日期',
  time: '时间',
  'date and time': '日期时间',
  'days and time duration': '天时时长',
  'years and months duration': '年月时长',
  range: '区间',
  function: '函数',
  unknown: '无法识别的值',
};

/** What was expected, or what was found. */
const PHRASES: readonly Rule[] = [
  [/^a name$/, '名称'],
  [/^a value$/, '值'],
  [/^a type$/, '类型'],
  [/^an operator or the end$/, '运算符或表达式结尾'],
  [/^the end$/, '表达式结尾'],
  [/^texts as keys$/, '文本作为键'],
  [/^a context at (".*")$/s, '$1 处为上下文'],
  [/^contexts$/, '若干上下文'],
  [/^entries \{key: text, value\}$/, '形如 {key: 文本, value: 值} 的条目'],
  [/^a context without them$/, '缺少这些条目的上下文'],
  [/^each key once$/, '每个键只出现一次'],
  [/^(".*") twice$/s, '$1 重复出现'],
  [/^true, false or null$/, 'true、false 或 null'],
  [/^a list that is not empty$/, '非空列表'],
  [/^a position from 1 to (\d+) or from (-\d+) to -1$/, '1 至 $1 或 $2 至 -1 的位置'],
  [/^a length from 1 to (-?\d+)$/, '1 至 $1 的长度'],
  [/^a length of at least 1$/, '不小于 1 的长度'],
  [/^a start position within (\d+) characters$/, '$1 个字符以内的起始位置'],
  [/^a function of \(item, newItem\)$/, '参数为 (item, newItem) 的函数'],
  [/^one of \((.*)\)$/s, '参数为 ($1) 的函数'],
  [/^true or false from the function for each (item|pair)$/, '函数每次都返回 true 或 false'],
  [/^another value$/, '其他值'],
  [/^values of one kind that have an order$/, '同一类型且可以排序的值'],
  [/^values that can be compared$/, '可以比较的值'],
  [/^a whole number of 1 or more as size$/, '不小于 1 的整数作为大小'],
  [/^a list$/, '列表'],
  [/^a list or items$/, '列表或若干元素'],
  [/^no argument$/, '没有参数'],
  [/^none$/, '没有'],
  [/^at most (\d+) characters in the pattern$/, '正则表达式不超过 $1 个字符'],
  [/^flags of "smix"$/, '由 s、m、i、x 组成的标志'],
  [/^a regular expression$/, '正则表达式'],
  [/^a pattern that does not match the empty text$/, '不匹配空文本的正则表达式'],
  [/^"\$" with a number, "\\\$" or "\\\\" in the replacement$/, '替换文本中的“$$”后跟数字，或写成“\\$$”“\\\\”'],
  [/^a scale from (-?\d+) to (\d+)$/, '$1 至 $2 的小数位数'],
  [/^a divisor other than 0$/, '不为 0 的除数'],
  [/^a whole number$/, '整数'],
  [/^a number$/, '数字'],
  [/^a number that is not negative$/, '非负数'],
  [/^a number above 0$/, '大于 0 的数'],
  [/^an exponent of at most (\d+)$/, '不超过 $1 的指数'],
  [/^a result in the range of values$/, '结果在数值范围之内'],
  [/^one beyond it$/, '超出范围的结果'],
  [/^texts$/, '文本'],
  [/^numbers$/, '数字'],
  [/^durations of one kind$/, '同一类时长'],
  [/^two numbers or more$/, '至少两个数字'],
  [/^one$/, '一个'],
  [/^the text of an interval such as (.*)$/s, '区间的文本，如 $1'],
  [/^a source of random numbers in the context$/, '运行环境提供随机数'],
  [/^" ", .* to part groups and another .* before decimals$/, '分组符与小数点为空格、逗号或句点，且互不相同'],
  [/^JSON text$/, 'JSON 文本'],
  [/^whole hours and minutes$/, '整数的时和分'],
  [/^an offset of at most 18 hours$/, '不超过 18 小时的时差'],
  [/^a time zone$/, '时区'],
  [/^a date and time such as (.*)$/s, '日期时间，如 $1'],
  [/^a date such as (.*)$/s, '日期，如 $1'],
  [/^a time such as (.*)$/s, '时间，如 $1'],
  [/^a duration such as (.*)$/s, '时长，如 $1'],
  [/^a date and time that exists$/, '存在的日期时间'],
  [/^a (?:date|day) that exists$/, '存在的日期'],
  [/^a time that exists$/, '存在的时间'],
];

/** Whole sentences that the general form does not fit. */
const SENTENCES: readonly Rule[] = [
  [/^Expected at most (\d+) characters but found (\d+)\.$/, '表达式不能超过 $1 个字符，实际为 $2 个。'],
  [/^Expected at most (\d+) nested levels\.$/, '嵌套不能超过 $1 层。'],
  [/^Expected at most (\d+) comparisons in a row\.$/, '连续的比较不能超过 $1 个。'],
  [/^Expected at most (\d+) accesses in a row\.$/, '连续的取值不能超过 $1 个。'],
  [/^Expected less nesting but .*$/, '嵌套过深，无法处理。'],
  [/^Expected \*\/ to close the comment\.$/, '注释缺少结束的 */。'],
  [/^Expected ` to close the name\.$/, '名称缺少结束的 `。'],
  [/^Expected " to close the text\.$/, '文本缺少结束的双引号。'],
  [/^Expected all arguments by name or none\.$/, '参数要么全部按名称给出，要么全部按位置给出。'],
  [/^Expected parameter (".*") once\.$/s, '参数 $1 重复。'],
  [/^Expected key (".*") once\.$/s, '键 $1 重复。'],
  [/^Expected a variable named (".*") but there is none\.$/s, '没有名为 $1 的变量。'],
  [/^Expected a function named (.*) but there is none\.$/s, '没有名为 $1 的函数。'],
  [/^Expected an entry named (".*") but the context has none\.$/s, '上下文中没有名为 $1 的条目。'],
  [/^Expected a type but found (".*")\.$/s, '没有名为 $1 的类型。'],
  [/^Expected a date, time or duration but found (".*")\.$/s, '$1 不是日期、时间或时长。'],
  [/^Expected (\d+) arguments but found (\d+)\.$/, '应有 $1 个参数，实际有 $2 个。'],
  [/^Expected arguments named (.*) but found (.*)\.$/s, '参数名应为 $1，实际为 $2。'],
  [/^Expected a result of (".*") but it failed: (.*)$/s, '函数 $1 执行失败：$2'],
  [/^Expected a divisor other than 0 but found 0\.$/, '除数不能为 0。'],
  [/^Expected a number as result of (".*") but it is none or too large\.$/, '运算 $1 的结果不是数字或过大。'],
  [/^Expected a result within 1\.8e308.*$/, '结果超出 JSON 数字的范围（1.8e308）。'],
  [/^Expected whole numbers within 2\^53.*$/, '整数超过 2^53，JSON 不能准确表示，末位会改变；请改用文本保存。'],
  [/^Expected the condition to hold but it does not(?:: (.*))?\.?$/s, '断言的条件不成立。$1'],
  [/^Expected the evaluation to end within (\d+) steps but it takes more\.$/, '计算超过了 $1 步的上限。'],
  [/^Expected at most (\d+) nested function calls but found more\.$/, '函数嵌套调用超过了 $1 层。'],
  [/^Expected "<", .* to make an interval but found "!="\.$/, '“!=”不能构成区间，请用 <、<=、>、>= 或 =。'],
  [/^Expected a function written in FEEL but found an external one\.$/, '只支持用 FEEL 写的函数，不支持外部函数。'],
];

/** Sentences whose last part is found values, which are translated by their kinds. */
const FOUND: readonly Rule[] = [
  [/^Expected (\S.*?) to be a function but found (.*)\.$/s, '$1 应为函数'],
  [/^Expected a value with a property (".*?") but found (.*)\.$/s, '应为带有属性 $1 的值'],
  [/^Expected values that fit (".*?") but found (.*)\.$/, '应为能用 $1 运算的值'],
  [/^Expected a number or duration after ("-") but found (.*)\.$/, '$1 之后应为数字或时长'],
  [/^Expected comparable values( around "between")? but found (.*)\.$/, '应为可以比较的值'],
  [/^Expected a list() but found (null)\.$/, '应为列表'],
  [/^Expected an interval from low to high() but found (.*)\.$/, '区间的下限不能大于上限，两端应为可以比较的值'],
  [/^Expected two integers or two dates around ("\.\.") but found (.*)\.$/s, '$1 两边应为两个整数或两个日期'],
  [/^Expected (\S.* for ".*?") but found (.*)\.$/s, '参数类型不符：应为 $1'],
  [/^Expected ([a-z].*\(.*\)) but found \((.*)\)\.$/is, '参数不符：应为 $1'],
];

/**
 * The Chinese of what a fault or a warning says; undefined where there is none. Names, values and signatures stay as they are
 * written. The English sentences are the source, so that each stands once in the code.
 */
export function inChinese(message: string): string | undefined {
  return bySentence(message) ?? byFound(message) ?? byPhrases(message);
}

function bySentence(message: string): string | undefined {
  const rule = SENTENCES.find(([pattern]) => pattern.test(message));
  return rule && message.replace(rule[0], rule[1]);
}

function byFound(message: string): string | undefined {
  for (const [pattern, text] of FOUND) {
    const match = pattern.exec(message);
    if (match) return `${text.replace('$1', () => match[1] ?? '')}，实际为${spaced(values(match[2] ?? ''))}。`;
  }
  return undefined;
}

/** `Expected <phrase> but found <phrase or values>.`, with the name of the built-in where one says so. */
function byPhrases(message: string): string | undefined {
  const match = /^Expected (.+?) but found (.+?)(?: \(([^()]+)\))?\.$/s.exec(message);
  const [, wanted = '', found = '', name] = match ?? [];
  const expected = phrase(wanted);
  if (!match || expected === undefined) return undefined;
  return `${name === undefined ? '' : `函数 ${name}：`}应为${spaced(expected)}，实际为${spaced(phrase(found) ?? values(found))}。`;
}

/** Signs in quotation marks stay. */
function phrase(text: string): string | undefined {
  const rule = PHRASES.find(([pattern]) => pattern.test(text));
  if (rule) return text.replace(rule[0], rule[1]);
  return /^"[^"]*"(?:(?:, | or )"[^"]*")*$/s.test(text) ? text.replaceAll(/, | or /g, '、') : undefined;
}

/** Kinds by their Chinese names, values as they are. */
function values(text: string): string {
  if (text === '') return '没有参数';
  const parts = text.split(/, | and (?!time)/);
  return parts.every((part) => Object.hasOwn(KINDS, part)) ? parts.map((part) => KINDS[part]).join('、') : text;
}

/** Chinese is written without a space; Latin letters, digits and signs after it have one. */
const spaced = (text: string): string => (/^[\x21-\x7e]/.test(text) ? ` ${text}` : text);
