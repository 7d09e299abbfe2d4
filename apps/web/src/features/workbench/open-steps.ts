import type { PreviousStep } from '../../lib/api-types.js';

/** A decision and its reason: whoever decides next has to read what was decided upon. */
const MERE_DECISION = 2;

/** How many steps, newest first, stand open: down to the work that the decisions are about; without any, to the last that says something. */
export function openSteps(steps: readonly Pick<PreviousStep, 'summary'>[]): number {
  const work = steps.findIndex(({ summary }) => summary.length > MERE_DECISION);
  const telling = work >= 0 ? work : steps.findIndex(({ summary }) => summary.length > 0);
  return Math.min(steps.length, Math.max(telling, 0) + 1);
}
