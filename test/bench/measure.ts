/** One line of the result. */
export interface Figure {
  readonly name: string;
  readonly measured: string;
  readonly target: string;
  readonly met: boolean;
}

/** Runs both sides in turns (A B A B ...) and gives the median seconds of each, so that both see the same machine. */
export async function interleaved(
  rounds: number,
  first: () => unknown,
  second: () => unknown,
): Promise<readonly [number, number]> {
  const times: [number[], number[]] = [[], []];
  await first();
  await second();
  for (let round = 0; round < rounds; round++) {
    times[0].push(await seconds(first));
    times[1].push(await seconds(second));
  }
  return [median(times[0]), median(times[1])];
}

export async function seconds(work: () => unknown): Promise<number> {
  globalThis.gc?.();
  const before = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - before) / 1e9;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** `share` from 0 to 1; the value that this share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}

export function atLeast(name: string, value: number, target: number, unit: string): Figure {
  return {
    name,
    measured: `${rounded(value)} ${unit}`,
    target: `>= ${target.toLocaleString('en-US')}`,
    met: value >= target,
  };
}

export function atMost(name: string, value: number, target: number, unit: string): Figure {
  return {
    name,
    measured: `${rounded(value)} ${unit}`,
    target: `<= ${target.toLocaleString('en-US')}`,
    met: value <= target,
  };
}
