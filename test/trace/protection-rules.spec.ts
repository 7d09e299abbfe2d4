import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { isThere, readRules, rulesDocument } from './protection-rules.js';

const path = 'docs/protection-rules.md';

describe('rules of protection', () => {
  it('are what docs/protection-rules.md says (npm run trace writes it)', async () => {
    const options = await resolveConfig(path);
    const document = await format(rulesDocument(readRules()), { ...options, parser: 'markdown' });

    if (process.env['UPDATE_DOCS']) writeFileSync(path, document);

    expect(readFileSync(path, 'utf8')).toBe(document);
  });

  it('are the seventeen of the configuration, each shown by something', () => {
    expect(readRules().map(({ id }) => id)).toEqual(Array.from({ length: 17 }, (_, index) => `PR${index + 1}`));
    expect(readRules().filter(({ shownBy }) => shownBy.length === 0)).toEqual([]);
  });

  it.each(readRules())('$id names specs and scenarios that are there', ({ shownBy }) => {
    expect(shownBy.filter((proof) => !isThere(proof))).toEqual([]);
  });

  it.each([
    'test/trace/nowhere.spec.ts: are there',
    'test/trace/protection-rules.spec.ts: is none of these',
    'xf_nowhere: 登记',
    'xf_main: 没有这样的情形',
  ])('tell that %s is not there', (proof) => {
    expect(isThere(proof)).toBe(false);
  });
});
