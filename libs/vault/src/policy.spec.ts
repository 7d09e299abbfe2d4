import { maskOf, mayReveal } from './policy.js';
import type { RevealPolicy } from './policy.js';

const policy: RevealPolicy = [
  { id: 'xf_clerk', sees: { ident: 'reason', opinion: 'none' } },
  { id: 'unit_handler', sees: { ident: 'masked', content: 'reason' } },
  { id: 'admin' },
];

describe('reveal policy', () => {
  it.each([
    [['admin'], 'ident', 'none'],
    [['unit_handler'], 'ident', 'masked'],
    [['admin', 'unit_handler', 'xf_clerk'], 'ident', 'reason'],
    [['xf_clerk'], 'opinion', 'none'],
    [['xf_clerk'], 'constructor', 'none'],
    [['nobody'], 'ident', 'none'],
    [[], 'ident', 'none'],
  ])('lets %j see %s as %s', (roles, className, expected) => {
    expect(mayReveal(roles, className, policy)).toBe(expected);
  });

  it('masks without telling anything of the value', () => {
    expect(maskOf('text')).toBe('●●●●');
    expect(maskOf('file')).toBe('●●●●（附件）');
  });
});
