import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { acceptanceDocument, readAcceptance, readProofs, unproven } from './acceptance.js';

const path = 'docs/acceptance.md';

describe('acceptance of the configuration', () => {
  it('is what docs/acceptance.md says (npm run trace writes it)', async () => {
    const options = await resolveConfig(path);
    const document = await format(acceptanceDocument(readAcceptance(), readProofs()), {
      ...options,
      parser: 'markdown',
    });

    if (process.env['UPDATE_DOCS']) writeFileSync(path, document);

    expect(readFileSync(path, 'utf8')).toBe(document);
  });

  it('has a scenario or a spec for each', () => {
    expect(unproven(readAcceptance(), readProofs())).toEqual([]);
  });

  it('has no mark of one that there is not', () => {
    const known = new Set(readAcceptance().map(({ id }) => id));

    expect(readProofs().filter(({ id }) => !known.has(id))).toEqual([]);
  });

  it('tells one that nothing proves', () => {
    const scenarios = ['1', '2'].map((id) => ({ id, says: `says ${id}` }));
    const proofs = [{ id: '1', place: 'p: proves it' }];

    expect(unproven(scenarios, proofs)).toEqual(['2']);
    expect(acceptanceDocument(scenarios, proofs)).toContain('- **1** says 1: p: proves it\n- **2** says 2: open');
  });
});
