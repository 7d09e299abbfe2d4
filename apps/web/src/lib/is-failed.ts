import type { QueryObserverLoadingErrorResult, UseQueryResult } from '@tanstack/react-query';
import { HttpProblem } from './http.js';

/**
 * True where a page has nothing to show but the failure. What was loaded before stays, with all that was typed into it,
 * when only the way to the server failed; a refusal (not there any more, no right) takes its place.
 */
export function isFailed<T>(query: UseQueryResult<T>): query is QueryObserverLoadingErrorResult<T> {
  if (!query.isError) return false;
  return query.data === undefined || !(query.error instanceof HttpProblem && query.error.mayRetry);
}
