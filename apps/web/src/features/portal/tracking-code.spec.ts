import { formatCode } from './tracking-code.js';

describe('tracking code', () => {
  it('is written in three groups whatever was typed', () => {
    expect(formatCode('abcd efgh-2345')).toBe('ABCD-EFGH-2345');
  });

  it('ends after twelve characters', () => {
    expect(formatCode('ABCDEFGH2345XX')).toBe('ABCD-EFGH-2345');
  });

  it('is no group for nothing', () => {
    expect(formatCode(' ')).toBe('');
  });
});
