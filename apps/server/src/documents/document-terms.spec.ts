import { describe, expect, it } from '@jest/globals';
import { documentTerms } from './document-terms.js';

describe('terms of documents', () => {
  const terms = documentTerms(
    {
      dictionaries: { severity: [{ value: 3, label: '重大' }], channel: [{ value: 'letter', label: '来信' }] },
      organization: { name: '石圪台煤矿', units: [{ id: 'hr', name: '人力资源部' }] },
    },
    new Map([['clerk', '登记承办岗']]),
  );

  it('give the words of a dictionary, also of one that holds numbers', () => {
    expect(terms.dictionaryLabel('severity', '3')).toBe('重大');
    expect(terms.dictionaryLabel('channel', 'letter')).toBe('来信');
    expect(terms.dictionaryLabel('channel', 'fax')).toBeUndefined();
  });

  it('name units and accounts', () => {
    expect([terms.unitName('hr'), terms.accountName?.('clerk'), terms.accountName?.('nobody')]).toEqual([
      '人力资源部',
      '登记承办岗',
      undefined,
    ]);
  });
});
