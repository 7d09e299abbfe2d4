/** Figures of one minute. Times in milliseconds, memory in megabytes. */
export interface Minute {
  readonly minute: number;
  readonly cases: number;
  readonly p50: number;
  readonly p99: number;
  readonly controlP99: number;
  /** The least that was seen in the minute: what is left where garbage has been collected. */
  readonly heap: number;
  readonly resident: number;
}

export interface Verdict {
  /** Growth of the least heap after the first minutes, megabytes a minute (slope by Theil and Sen). */
  readonly heapSlope: number;
  readonly residentSlope: number;
  /** The slope over the rest of the run, as a share of the median. */
  readonly heapGrowth: number;
  readonly residentGrowth: number;
  /** p99 against the control: median of the last third of the minutes over the median of the first third. */
  readonly p99Growth: number;
}

/** The value below which the share of the values lies; 0 where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Judges the minutes after the first `settled`. */
export function verdictOf(minutes: readonly Minute[], settled: number): Verdict {
  const rest = minutes.filter(({ minute }) => minute >= settled);
  const third = Math.max(1, Math.floor(rest.length / 3));
  const ratios = rest.map(({ p99, controlP99 }) => p99 / controlP99);
  const heapSlope = slope(rest.map(({ minute, heap }) => [minute, heap]));
  const residentSlope = slope(rest.map(({ minute, resident }) => [minute, resident]));
  return {
    heapSlope,
    residentSlope,
    heapGrowth: (heapSlope * rest.length) / median(rest.map(({ heap }) => heap)),
    residentGrowth: (residentSlope * rest.length) / median(rest.map(({ resident }) => resident)),
    p99Growth: median(ratios.slice(-third)) / median(ratios.slice(0, third)),
  };
}

/** Median of the slopes between all pairs of points: single high values do not move it. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], n) => points.slice(n + 1).map(([x2, y2]) => (y2 - y) / (x2 - x)));
  return median(slopes);
}
