import { describe, expect, it } from '@jest/globals';
import { refuseBesidesOperation } from './worker-routes.js';

describe('routes of a worker', () => {
  it.each(['/health/live', '/health/ready', '/metrics', '/metrics?name=x'])('answers %s', (url) => {
    expect(() => refuseBesidesOperation(url)).not.toThrow();
  });

  it.each(['/', '/v2/topology', '/api/session', '/metrics/more', '/healthy'])('refuses %s', (url) => {
    expect(() => refuseBesidesOperation(url)).toThrow(/ROLE=worker/);
  });
});
