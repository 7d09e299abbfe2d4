import { describe, expect, it } from '@jest/globals';
import { figureOf } from '../ledgers/indicator-figures.js';
import { sentenceOf } from './figure-text.js';

const sum = (numerator: number, denominator: number, total = 0) => ({ group: null, numerator, denominator, total });
const told = (
  declaration: Parameters<typeof figureOf>[0],
  sums: ReturnType<typeof sum>,
  measure: string | null = null,
): string => sentenceOf(figureOf(declaration, [sums] as never, 5), { measure, least: 5 });

describe('a figure in words', () => {
  it.each([
    { kind: 'ratio', small: 'counts', sums: sum(1, 3), text: '3 件中 1 件（不足 5 件，不算比率）' },
    { kind: 'mean', small: 'counts', sums: sum(3, 3, 60), text: '3 件（不足 5 件，不算平均）' },
    { kind: 'ratio', small: 'hide', sums: sum(1, 3), text: '少于 5 件，不给出' },
    { kind: 'ratio', small: 'counts', sums: sum(11, 12), text: '91.7%（11÷12）' },
    { kind: 'ratio', small: 'counts', sums: sum(0, 0), text: '本期没有' },
  ] as const)('of kind $kind with $small is "$text"', ({ kind, small, sums, text }) => {
    expect(told({ kind, small }, sums)).toBe(text);
  });

  it('of a difference of means is what is measured', () => {
    const compare = { by: '=anonymous', groups: [true, false].map((value) => ({ value, label: String(value) })) };
    const groups = [
      { group: 0, numerator: 0, denominator: 5, total: 100 },
      { group: 1, numerator: 0, denominator: 10, total: 75 },
    ];
    const figure = figureOf({ kind: 'difference', value: '=days', compare }, groups as never, 5);

    expect(sentenceOf(figure, { measure: '天', least: 5 })).toBe('相差 12.5 天');
  });

  it('of sides that are counted apart takes none of those above the line for one below it', () => {
    const numeratorFrom = { process: 'rating', period: '=instance.startedAt' };
    const sides = { numerator: 3, denominator: 13 };
    const figure = figureOf({ kind: 'ratio', numeratorFrom }, [{ group: null, total: 0, ...sides }] as never, 5);

    expect(sentenceOf(figure, { measure: null, least: 5 })).toBe('30%（3÷10）');
  });
});
