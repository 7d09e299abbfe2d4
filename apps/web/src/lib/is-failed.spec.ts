import type { UseQueryResult } from '@tanstack/react-query';
import { describe, expect, it } from '@jest/globals';
import { HttpProblem } from './http.js';
import { isFailed } from './is-failed.js';

const query = (data: string | undefined, error: unknown) =>
  ({ data, error, isError: error !== null }) as UseQueryResult<string>;

describe('a page whose query failed', () => {
  it('has nothing to show where nothing was loaded', () => {
    expect(isFailed(query(undefined, new HttpProblem(0, '')))).toBe(true);
  });

  it('keeps what was loaded where the way to the server failed', () => {
    expect([0, 429, 503].map((status) => isFailed(query('form', new HttpProblem(status, ''))))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('gives way to a refusal', () => {
    expect([403, 404].map((status) => isFailed(query('form', new HttpProblem(status, ''))))).toEqual([true, true]);
  });

  it('is there where nothing failed', () => {
    expect(isFailed(query('form', null))).toBe(false);
  });
});
