import { describe, expect, it } from '@jest/globals';
import { type Minute, percentile, verdictOf } from './windows.js';

const minutes = (change: (minute: number) => Partial<Minute>): readonly Minute[] =>
  Array.from({ length: 30 }, (_, minute) => ({
    minute,
    cases: 1_200,
    p50: 3,
    p99: 10,
    controlP99: 5,
    heap: 80,
    resident: 200,
    ...change(minute),
  }));

describe('the verdict on a soak', () => {
  it('sees no growth where nothing grows, whatever the first minutes did', () => {
    const verdict = verdictOf(
      minutes((minute) => ({ heap: minute < 5 ? 40 + minute * 8 : 80 })),
      5,
    );

    expect(verdict).toMatchObject({ heapSlope: 0, residentSlope: 0, p99Growth: 1 });
  });

  it('sees a leak of half a megabyte a minute below the waves of collected garbage', () => {
    const verdict = verdictOf(
      minutes((minute) => ({ heap: 80 + minute * 0.5 + (minute % 3) })),
      5,
    );

    expect(verdict.heapSlope).toBeCloseTo(0.5, 1);
    expect(verdict.heapGrowth).toBeGreaterThan(0.1);
  });

  it('sees answers that become slower, and forgives a machine that does', () => {
    const slower = verdictOf(
      minutes((minute) => ({ p99: 10 + minute })),
      5,
    );
    const busier = verdictOf(
      minutes((minute) => ({ p99: 10 + minute, controlP99: (10 + minute) / 2 })),
      5,
    );

    expect(slower.p99Growth).toBeGreaterThan(1.5);
    expect(busier.p99Growth).toBeCloseTo(1);
  });

  it('takes a percentile from the sorted values', () => {
    expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(percentile([], 0.99)).toBe(0);
  });
});
