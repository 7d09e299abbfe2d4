import fc, { type Arbitrary } from 'fast-check';

/** Variables that generated expressions read. */
export const variables: Readonly<Record<string, unknown>> = {
  amount: 120.5,
  days: 3,
  name: '张三',
  code: 'A-17',
  urgent: true,
  nothing: null,
  tags: ['x', 'y', 'x'],
  numbers: [3, 1, 2, 3],
  mixed: [1, null, 'a'],
  cases: [
    { no: 'A1', days: 3 },
    { no: 'A2', days: 12 },
    { no: 'A3', days: null },
  ],
};

/** Fills each `%x` of a pattern with an expression of that type; `literal` is what stands there when depth runs out. */
const patterns = {
  n: {
    literals: ['0', '1', '2', '3', '10', '-1', '-2', '0.5', '1.25', '2.5', '-2.5', 'amount', 'days'],
    compounds: [
      '(%n + %n)|(%n - %n)|(%n * %n)|(%n / %n)|(%n ** 2)|-(%n)|(if %b then %n else %n)|numbers[1]|numbers[-1]|%l[%n]',
      'count(%l)|sum(%l)|min(%l)|max(%l)|mean(%l)|median(%l)|product(%l)|string length(%s)|floor(%n)|ceiling(%n)|abs(%n)',
      'modulo(%n, %n)|round up(%n, 1)|round down(%n, 1)|round half up(%n, 1)|round half down(%n, 1)|decimal(%n, 1)|sqrt(%n)|%d.year',
      '%d.month|%d.day|%u.hours|%u.minutes|%u.days|(%u / %u)|day of year(%d)|week of year(%d)|number(%s)|{a: %n, b: a + 1}.b',
      '(function(x, y) x * y)(%n, %n)|(function(x) x + days)(%n)|get value({k: %n}, "k")|cases[1].days|(for x in %l return x)[1]',
    ],
  },
  s: {
    literals: ['"a"', '"信访"', '"Ab c"', '""', '"a,b,c"', '"12"', 'name', 'code'],
    compounds: [
      '(%s + %s)|upper case(%s)|lower case(%s)|substring(%s, %n)|substring(%s, 1, 2)|substring before(%s, %s)|substring after(%s, %s)',
      '(if %b then %s else %s)|string(%n)|string(%b)|string(%d)|string(%u)|string join(tags, %s)|replace(%s, "[a-c]", "#")|tags[%n]',
      'cases[%n].no|day of week(%d)|month of year(%d)|get value({k: %s}, "k")|string(%l)',
    ],
  },
  b: {
    literals: ['true', 'false', 'null', 'urgent', 'nothing'],
    compounds: [
      '(%b and %b)|(%b or %b)|not(%b)|(%n = %n)|(%n != %n)|(%n < %n)|(%n <= %n)|(%n > %n)|(%n >= %n)|(%s = %s)|(%s < %s)',
      '(%d = %d)|(%d < %d)|(%u = %u)|(%u < %u)|(%n between %n and %n)|(%n in [1..3])|(%n in (1, 2, %n))|(%n in (< 2))|(%n in ]0..%n])',
      '(some x in %l satisfies x > %n)|(every x in %l satisfies x > %n)|contains(%s, %s)|starts with(%s, %s)|ends with(%s, %s)',
      'matches(%s, "^[a-z]+$")|list contains(%l, %n)|all([%b, %b])|any([%b, %b])|(%n instance of number)|(%s instance of string)',
      'odd(%n)|even(%n)|(%l = %l)|({a: %n} = {a: %n})|before(%n, %n)|includes([1..5], %n)|(%n = %s)|(nothing = %n)|(%b = %b)|is(%n, %n)',
      'overlaps([1..3], [%n..9])|(%n = null)|(%s != null)|meets([1..3], [3..5])|starts(%n, [1..5])|finishes(%n, [1..5])|during(%n, [1..5])',
    ],
  },
  l: {
    literals: ['[]', '[1, 2, 3]', '[2, 1]', 'numbers', '[0.5, 2]', 'cases.days'],
    compounds: [
      '[%n, %n]|append(%l, %n)|concatenate(%l, %l)|reverse(%l)|sublist(%l, %n)|remove(%l, %n)|insert before(%l, %n, %n)|union(%l, %l)',
      'distinct values(%l)|flatten([%l, %l])|index of(%l, %n)|sort(%l, function(x, y) x < y)|(for x in %l return x + %n)|%l[item > %n]',
      '(for x in 1..3 return x * %n)|(for x in 3..1, y in [1, 2] return x + y)|(if %b then %l else %l)|cases[days > %n].days',
    ],
  },
  d: {
    literals: ['@"2026-01-31"', '@"2024-02-29"', 'date("2025-12-01")', 'date(2026, 3, 1)'],
    compounds: ['(%d + %u)|(%d - %u)|(%d + @"P1M")|(%d - @"P1Y")|(if %b then %d else %d)'],
  },
  u: {
    literals: ['@"P1D"', '@"PT36H"', '@"-PT90M"', 'duration("PT1H")', '@"P3DT2H"'],
    compounds: ['(%u + %u)|(%u - %u)|(%u * 2)|(%u / 2)|-(%u)|(%d - %d)|abs(%u)'],
  },
} as const;

type Type = keyof typeof patterns;

/** An expression and what it was made of. */
export interface Generated {
  /** The pattern, such as `(%n + %n)`, or the literal. */
  readonly pattern: string;
  readonly text: string;
  readonly parts: readonly Generated[];
}

/** Expressions of every type, nested up to three levels. */
export const expressions: Arbitrary<Generated> = fc.letrec<Record<Type | 'any', Generated>>((tie) => ({
  ...(Object.fromEntries(Object.keys(patterns).map((type) => [type, ofType(type as Type, tie)])) as Record<
    Type,
    Arbitrary<Generated>
  >),
  any: fc.oneof(...Object.keys(patterns).map((type) => tie(type as Type))),
})).any;

function ofType(type: Type, tie: (type: Type) => Arbitrary<Generated>): Arbitrary<Generated> {
  const { literals, compounds } = patterns[type];
  const nested = compounds.flatMap((line) => line.split('|')).map((pattern) => filled(pattern, tie));
  const flat = fc.constantFrom(...literals).map((text) => ({ pattern: text, text, parts: [] }));
  return fc.oneof({ maxDepth: 2, depthSize: 'small' }, flat, ...nested);
}

function filled(pattern: string, tie: (type: Type) => Arbitrary<Generated>): Arbitrary<Generated> {
  const [first = '', ...rest] = pattern.split('%');
  return fc.tuple(...rest.map((part) => tie(part[0] as Type))).map((parts) => ({
    pattern,
    text: first + parts.map(({ text }, index) => text + (rest[index] ?? '').slice(1)).join(''),
    parts,
  }));
}
