import { describe, expect, it } from '@jest/globals';
import { followsFromParts, isTotalSafe } from './small-counts.js';

describe('a sum of all', () => {
  it.each([
    [[], 5, true],
    [[3], 5, false],
    [[1, 1], 5, false],
    [[4, 4], 5, false],
    [[1, 4], 5, true],
    [[2, 3, 1], 5, true],
    [[1, 1, 1], 5, false],
  ])('over %j, each below %i, may be told: %s', (hidden, least, isSafe) => {
    expect(isTotalSafe(hidden, least)).toBe(isSafe);
  });
});

describe('a year whose quarters were published', () => {
  const rate = { kind: 'ratio', small: 'hide' } as const;
  const quarters = (...counts: readonly number[]) =>
    counts.map((denominator, period) => ({ period, group: null, denominator, numerator: denominator, total: 0 }));

  it.each([
    ['no quarter was withheld', quarters(8, 9, 7, 6), false],
    ['one was: 8, 9, 7 and the year give the fourth', quarters(8, 9, 7, 2), true],
    ['two were, with one each', quarters(8, 9, 1, 1), true],
    ['two were, and who has how many stays open', quarters(8, 9, 2, 3), false],
    ['there was one quarter alone', quarters(3), false],
  ])('gives a quarter away: %s', (_, sums, follows) => {
    expect(followsFromParts(rate, sums, 5)).toBe(follows);
  });
});
