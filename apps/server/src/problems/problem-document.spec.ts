import { describe, expect, it } from '@jest/globals';
import { asRefusal } from './problem-document.js';

describe('what is thrown', () => {
  it.each([
    ['22021', /without zero characters/],
    ['22003', /too large/],
  ])('is the fault of the request where PostgreSQL says %s', (code, text) => {
    const refusal = asRefusal(Object.assign(new Error('QueryFailedError'), { driverError: { code } }));

    expect(refusal).toMatchObject({ code: 'invalidArgument', status: 400, message: expect.stringMatching(text) });
  });

  it('is a bug where nothing is known of it', () => {
    expect(asRefusal(Object.assign(new Error('QueryFailedError'), { driverError: { code: '42P01' } }))).toBeUndefined();
  });
});
