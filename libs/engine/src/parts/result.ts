import type { IncidentErrorType } from '../events.js';

/** What keeps an element from going on; becomes an incident. */
export interface ElementProblem {
  readonly errorType: IncidentErrorType;
  /** What was expected and what was found. */
  readonly message: string;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ElementProblem };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(
  errorType: IncidentErrorType,
  message: string,
): { readonly ok: false; readonly problem: ElementProblem } {
  return { ok: false, problem: { errorType, message } };
}
