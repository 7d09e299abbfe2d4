import type { Parameters } from 'fast-check';

/** Runs and seed of a comparison: `FEEL_RUNS` and `FEEL_SEED` choose others. */
export function seeded(runs: number): Parameters<unknown> {
  return { numRuns: Number(process.env['FEEL_RUNS'] ?? runs), seed: Number(process.env['FEEL_SEED'] ?? 7) };
}
