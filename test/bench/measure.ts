/** One line of the result. */
export interface Figure {
  /** Name in the JSON object at the end, the same in every version. */
  readonly key?: string;
  readonly name: string;
  readonly value?: number;
  readonly measured: string;
  readonly target: string;
  readonly met: boolean;
  /** The peer or ceiling of the same run, or the range of the rounds. */
  readonly beside?: string;
}

type More = Pick<Figure, 'key' | 'beside'>;

/** Runs both sides in turns (A B A B ...) and gives the median seconds of each, so that both see the same machine. */
export async function interleaved(
  rounds: number,
  first: () => unknown,
  second: () => unknown,
): Promise<readonly [number, number]> {
  const [ours, theirs] = await alternating(rounds, [first, second]);
  return [median(ours ?? []), median(theirs ?? [])];
}

/** The measurements of each side, taken in turns after one round that does not count. */
export async function alternating(
  rounds: number,
  sides: readonly (() => unknown)[],
  measure: (work: () => unknown) => number | Promise<number> = seconds,
): Promise<readonly (readonly number[])[]> {
  const times: number[][] = sides.map(() => []);
  for (const side of sides) await side();
  for (let round = 0; round < rounds; round++) {
    for (const [index, side] of sides.entries()) times[index]?.push(await measure(side));
  }
  return times;
}

export async function seconds(work: () => unknown): Promise<number> {
  globalThis.gc?.();
  return plainSeconds(work);
}

/** Without collecting garbage first: a forced collection throws compiled code away, of which the side with more code has more. */
export async function plainSeconds(work: () => unknown): Promise<number> {
  const before = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - before) / 1e9;
}

/** Seconds of processor time, that of collecting garbage and compiling too, whoever else uses the machine. */
export function cpuSeconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
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

/** Round by round. */
export function ratios(over: readonly number[], under: readonly number[]): readonly number[] {
  return over.map((value, round) => value / (under[round] ?? NaN));
}

/** Median and range: `1.20 (1.10 to 1.45) ms`. */
export function spread(values: readonly number[], unit: string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${rounded(median(values))} (${rounded(least)} to ${rounded(most)}) ${unit}`.trimEnd();
}

/** A figure that nothing is asked of. */
export function shown(name: string, value: number, unit: string, more: More = {}): Figure {
  return { name, value, measured: `${rounded(value)} ${unit}`.trimEnd(), target: '-', met: true, ...more };
}

export function atLeast(name: string, value: number, target: number, unit: string, more: More = {}): Figure {
  return {
    ...shown(name, value, unit, more),
    target: `>= ${target.toLocaleString('en-US')}`,
    met: value >= target,
  };
}

export function atMost(name: string, value: number, target: number, unit: string, more: More = {}): Figure {
  return {
    ...shown(name, value, unit, more),
    target: `<= ${target.toLocaleString('en-US')}`,
    met: value <= target,
  };
}
