import { describe, expect, it } from '@jest/globals';
import { withNumber } from './with-number.js';

const number = { type: 'string', pattern: '^XF-[0-9]{4}-[0-9]{5}$' };
const form = {
  id: 'F',
  title: '记录',
  schema: { type: 'object', properties: { one: number, many: { type: 'array', items: number } } },
};

describe('the number of what was started from a form', () => {
  it('is filled into the field that asks for it', () => {
    expect(withNumber(form, { other: 1 }, { field: 'one', caseNo: 'XF-2026-00001' })).toEqual({
      other: 1,
      one: 'XF-2026-00001',
    });
  });

  it('joins the list that asks for it', () => {
    const data = { many: ['XF-2026-00001'] };

    expect(withNumber(form, data, { field: 'many', caseNo: 'XF-2026-00002' })).toEqual({
      many: ['XF-2026-00001', 'XF-2026-00002'],
    });
  });

  it('of another series is not told', () => {
    expect(withNumber(form, { one: '' }, { field: 'one', caseNo: 'JB-2026-00001' })).toEqual({ one: '' });
  });
});
