import { isClose } from './feelin.js';

/** A difference from feelin that the standard decides for us. `docs/feel-differences.md` lists the same examples. */
export interface KnownDifference {
  readonly example: string;
  /** Pattern of the innermost expression that differs. */
  readonly patterns: readonly string[];
  /** Texts of the parts of the example, where `covers` looks at their values. */
  readonly parts?: readonly string[];
  readonly covers: (ours: unknown, theirs: unknown, text: string, parts: readonly unknown[]) => boolean;
}

const theirsIsNull = (ours: unknown, theirs: unknown) => ours !== null && theirs === null;
const oursIsNull = (ours: unknown, theirs: unknown) => ours === null && theirs !== null;
const dayOfInstant = (ours: unknown, theirs: unknown) =>
  typeof ours === 'string' && typeof theirs === 'string' && theirs.startsWith(`${ours}T`);

/** Equal but for the last digits of the numbers in them. */
const areSameTextsOfNumbers = (ours: unknown, theirs: unknown) =>
  typeof ours === 'string' &&
  typeof theirs === 'string' &&
  ours.replace(NUMBERS, '#') === theirs.replace(NUMBERS, '#') &&
  isClose(numbersIn(ours), numbersIn(theirs));
const NUMBERS = /-?\d+(?:\.\d+)?/g;
const numbersIn = (text: string) => (text.match(NUMBERS) ?? []).map(Number);

const COMPARISONS = ['(%n < %n)', '(%n <= %n)', '(%n > %n)', '(%n >= %n)', '(%s < %s)'];

export const knownDifferences: readonly KnownDifference[] = [
  { example: '@"PT1H" / 2', patterns: ['(%u / 2)'], covers: theirsIsNull },
  { example: '@"PT1H" * 2', patterns: ['(%u * 2)'], covers: theirsIsNull },
  { example: '-(@"PT1H")', patterns: ['-(%u)'], covers: theirsIsNull },
  { example: '@"-PT90M" / @"PT1H"', patterns: ['(%u / %u)'], covers: (_, theirs) => theirs === 'NaN' },
  { example: '@"2026-01-31" + @"PT36H"', patterns: ['(%d + %u)', '(%d - %u)'], covers: dayOfInstant },
  { example: 'during(2, [1..5])', patterns: ['during(%n, [1..5])'], covers: theirsIsNull },
  { example: 'starts(1, [1..5])', patterns: ['starts(%n, [1..5])'], covers: theirsIsNull },
  { example: 'finishes(5, [1..5])', patterns: ['finishes(%n, [1..5])'], covers: theirsIsNull },
  { example: 'remove([1], 5)', patterns: ['remove(%l, %n)'], covers: oursIsNull },
  { example: 'sublist([1], 5)', patterns: ['sublist(%l, %n)'], covers: oursIsNull },
  { example: 'insert before([1], 5, 2)', patterns: ['insert before(%l, %n, %n)'], covers: oursIsNull },
  {
    example: 'substring("a", 5)',
    patterns: ['substring(%s, %n)', 'substring(%s, 1, 2)'],
    covers: oursIsNull,
  },
  { example: 'number("")', patterns: ['number(%s)'], covers: (ours, theirs) => ours === null && theirs === 0 },
  {
    example: 'odd(2.5)',
    patterns: ['odd(%n)', 'even(%n)'],
    covers: (ours, theirs) => ours === null && theirs === false,
  },
  {
    example: 'sort([1, null], function(x, y) x < y)',
    patterns: ['sort(%l, function(x, y) x < y)'],
    covers: (ours, theirs) => ours === null && Array.isArray(theirs) && theirs.includes(null),
  },
  {
    example: 'median([87, 174, 261])',
    patterns: ['median(%l)'],
    covers: (ours, theirs) => typeof ours === 'number' && typeof theirs === 'number',
  },
  { example: 'overlaps([1..3], [null..9])', patterns: ['overlaps([1..3], [%n..9])'], covers: oursIsNull },
  { example: 'before(1, null)', patterns: ['before(%n, %n)'], covers: oursIsNull },
  { example: 'concatenate(null, [1])', patterns: ['concatenate(%l, %l)', 'union(%l, %l)'], covers: oursIsNull },
  {
    example: '[] = [1]',
    patterns: ['(%l = %l)'],
    covers: (ours, theirs) => ours === false && theirs === null,
  },
  {
    example: '[] = [null]',
    patterns: ['(%l = %l)'],
    parts: ['[]', '[null]'],
    covers: (ours, theirs, _, parts) =>
      ours === false && theirs === true && parts.every(Array.isArray) && parts.some((part) => String(part) === ''),
  },
  {
    example: 'every x in [null] satisfies x > 1',
    patterns: ['(every x in %l satisfies x > %n)', '(some x in %l satisfies x > %n)'],
    covers: (ours, theirs) => ours === null && theirs === false,
  },
  {
    example: '1 between 10 and 0',
    patterns: ['(%n between %n and %n)'],
    covers: (ours, theirs) => ours === false && theirs === true,
  },
  {
    example: 'string(1 / 3)',
    patterns: ['string(%n)', 'string(%l)'],
    covers: areSameTextsOfNumbers,
  },
  {
    example: 'modulo(3, 0.2)',
    patterns: ['modulo(%n, %n)'],
    parts: ['3', '0.2'],
    covers: (ours, theirs, _, [, divisor]) =>
      isClose(Math.abs(Number(theirs) - Number(ours)), Math.abs(Number(divisor))),
  },
  { example: 'string(-1 / 10 * 3)', patterns: ['string(%n)', 'string(%l)'], covers: areSameTextsOfNumbers },
  {
    example: 'null[item > 1]',
    patterns: ['%l[item > %n]', '%l[%n]'],
    covers: (ours, theirs) => Array.isArray(ours) && ours.length === 0 && theirs === null,
  },
  {
    example: 'remove([1, 2, 3], -1)',
    patterns: ['remove(%l, %n)'],
    covers: (ours, theirs, text) => Array.isArray(ours) && Array.isArray(theirs) && text.includes('-'),
  },
  {
    example: 'insert before([1, 2], -1, 9)',
    patterns: ['insert before(%l, %n, %n)'],
    covers: (ours, theirs, text) => Array.isArray(ours) && Array.isArray(theirs) && text.includes('-'),
  },
  {
    example: '1 in ]0..null]',
    patterns: ['(%n in ]0..%n])'],
    covers: (ours, theirs) => ours === null && typeof theirs === 'boolean',
  },
  {
    example: '3 < []',
    patterns: [...COMPARISONS, '(%n in (< 2))', '(%n between %n and %n)'],
    parts: ['3', '[]'],
    covers: (ours, theirs, _, parts) => ours === null && theirs === 'refused' && parts.some(Array.isArray),
  },
  {
    example: '[] < "a"',
    patterns: COMPARISONS,
    parts: ['[]', '"a"'],
    covers: (ours, theirs, _, parts) => ours === null && typeof theirs === 'boolean' && parts.some(Array.isArray),
  },
  {
    example: '[{days: 1}][days > []].days',
    patterns: ['cases[days > %n].days', '%l[item > %n]'],
    covers: (ours, theirs) => Array.isArray(ours) && theirs === 'refused',
  },
  {
    example: 'some x in [1] satisfies x > []',
    patterns: ['(every x in %l satisfies x > %n)', '(some x in %l satisfies x > %n)'],
    covers: (ours, theirs) => ours === null && theirs === 'refused',
  },
];
