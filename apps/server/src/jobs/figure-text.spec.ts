import { describe, expect, it } from '@jest/globals';
import { figureOf } from '../ledgers/indicator-figures.js';
import { sentenceOf } from './figure-text.js';

const sum = (numerator: number, denominator: number, total = 0) => ({ group: null, numerator, denominator, total });
const told = (
  declaration: Parameters<typeof figureOf>[0],
  sums: ReturnType<typeof sum>,
  measure: string | null = null,
): string => sentenceOf(figureOf(declaration, [sums] as never, 5), { kind: declaration.kind, measure, least: 5 });

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
});
