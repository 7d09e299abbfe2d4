import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';

/** What the tables of an assessment may read: breaches of duties, what is found of them, and how they are counted. */
const tables = [
  ['workflows/xf_unit_screening/D12.dmn', ['noLedger', 'noMeeting', 'missedReception', 'breach']],
  ['workflows/xf_overdue_finding/D12S.dmn', ['unit', 'level', 'ground', 'drill', 'stepName']],
  ['workflows/xf_assessment/D12G.dmn', ['evidenceCount', 'dutyEvidence', 'isRepeated']],
  ['workflows/xf_assessment/D12V.dmn', ['kind', 'mode', 'meetingPoints', 'duty']],
] as const;

describe('assessment of the pack', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  it.each(tables)('%s reads duties alone, never the number, level or rating of petitions', (path, duties) => {
    const inputs = [...readFileSync(path, 'utf8').matchAll(/<inputExpression[^>]*>\s*<text>([^<]*)<\/text>/g)];

    expect(inputs.map(([, text]) => text)).toEqual(duties);
  });

  it('has no other table that assesses', () => {
    const others = [...set.files.keys()].filter((path) => /\/D12[^/]*\.dmn$/.test(path));

    expect(others.toSorted()).toEqual(tables.map(([path]) => path).toSorted());
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
