import type { Parameters } from 'fast-check';

/** Runs and seed of a comparison: `FEEL_RUNS` and `FEEL_SEED` choose others. Without a seed each run draws another. */
export function seeded(runs: number): Parameters<unknown> {
  const seed = process.env['FEEL_SEED'];
  return { numRuns: Number(process.env['FEEL_RUNS'] ?? runs), ...(seed === undefined ? {} : { seed: Number(seed) }) };
}
