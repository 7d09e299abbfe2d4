import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSource } from '#configuration';

const path = 'workflows/parameters.json';
const declared = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { value: unknown; max?: number }>;

/** Periods that the law, or a rule of the mine made for protection, does not let anybody lengthen. */
const longest = ['notice.days', 'reply.days', 'extension.max', 'review.file', 'review.decide', 'duty.noShow'];
/** What an assessment may take from somebody at most, as the rules of the mine give it. */
const most = ['points.noLedger', 'fine.unit', 'fine.head'];

describe('parameters of the pack', () => {
  let source: ConfigurationSource;
  beforeAll(async () => void (source = await readFolder(process.cwd())));

  /** Places of `parameters.json` that are refused with one value in place of its own. */
  async function refused(id: string, value: unknown): Promise<readonly string[]> {
    const text = JSON.stringify({ ...declared, [id]: { ...declared[id], value } });
    const { problems } = await compileConfiguration({ ...source, files: new Map(source.files).set(path, text) });
    return problems
      .filter(({ file, severity }) => file === path && severity === 'error')
      .map(({ place }) => place ?? '');
  }

  it.each([...longest, ...most])('refuse %s above its limit', async (id) => {
    expect(await refused(id, Number(declared[id]?.max) + 1)).toEqual([`/${id}/value`]);
  });

  it.each(longest)('refuse a text for %s', async (id) => {
    expect(await refused(id, '1')).toEqual([`/${id}/value`]);
  });

  it('refuse money for a missed meeting', async () => {
    expect(await refused('fine.mode', 'money')).toEqual(['/fine.mode/value']);
  });

  it('take points for a missed meeting', async () => {
    expect(await refused('fine.mode', 'points')).toEqual([]);
  });
});
