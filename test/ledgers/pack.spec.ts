import { describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder } from '#configuration';

describe('ledgers and indicators of the pack', () => {
  it('have no fault', async () => {
    const { problems } = await compileConfiguration(await readFolder(process.cwd()));

    expect(problems.filter(({ file }) => file?.startsWith('workflows/ledgers/'))).toEqual([]);
  });
});
