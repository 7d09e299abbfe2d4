import type { JobResult } from '#runtime';

/** A fault that trying again does not mend: an incident at once. */
export function failure(message: string): JobResult {
  return { failure: { message, retries: 0 } };
}
