import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';

/** Breaches of a duty: all that a proposal of an assessment may depend on. */
const duties = ['noLedger', 'noMeeting', 'missedReception', 'breach'];

describe('assessment of the pack', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  it('proposes for breaches of duties alone, never for the number, level or rating of petitions', async () => {
    const source = await readFolder(process.cwd());
    const table = source.files.get('workflows/xf_unit_screening/D12.dmn') ?? '';

    const inputs = [...String(table).matchAll(/<inputExpression[^>]*>\s*<text>([^<]*)<\/text>/g)].map(
      ([, text]) => text,
    );

    expect(inputs).toEqual(duties);
  });

  it('asks a second person before the guard or the proposals change', () => {
    expect(set.roles.protectedFiles).toEqual(
      expect.arrayContaining([
        'workflows/xf_assessment/D12G.dmn',
        'workflows/xf_overdue_finding/D12S.dmn',
        'workflows/xf_unit_screening/D12.dmn',
        'workflows/parameters.json',
      ]),
    );
  });

  it('counts no petition in what is exported', () => {
    const columns = set.readModel.ledgers
      .filter(({ declaration }) => ['L17', 'RA'].includes(declaration.id))
      .flatMap(({ declaration }) => declaration.columns.map(({ value }) => value ?? ''));

    expect(columns.filter((formula) => /satisfaction|score|petition|visitor|repeat|headcount/.test(formula))).toEqual(
      [],
    );
  });
});
