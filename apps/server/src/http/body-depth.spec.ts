import { describe, expect, it } from '@jest/globals';
import { refuseDeepBody } from './body-depth.js';

describe('depth of a body', () => {
  it('is refused where a stack would not hold it', () => {
    const body: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000));

    expect(() => refuseDeepBody(body)).toThrow(/at most 100 deep/);
  });

  it('is no matter for what people fill in', () => {
    const body = { data: { demands: [{ text: 'wages' }], evidence: [] } };

    expect(() => refuseDeepBody(body)).not.toThrow();
  });
});
