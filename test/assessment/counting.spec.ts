import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';
import { scopeOf } from '#feel';

const context = { now: 0, timeZone: 'Asia/Shanghai' };
/** What D12 proposes for a month without meeting, and for one without ledger. */
const noMeeting = { duty: 'noMeeting', kind: 'record', value: 200 };
const noLedger = { duty: 'noLedger', kind: 'points', value: 20 };

describe('ways of counting a finding', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  const decide = (id: string, variables: object) =>
    set.decisions.find((one) => one.id === id)?.decision.evaluate(scopeOf({ ...variables }), context);

  it('records a missed meeting without any amount', () => {
    expect(decide('D12V', { ...noMeeting, mode: 'record', meetingPoints: 5 })).toMatchObject({
      output: { kind: 'record', value: null },
    });
  });

  it('takes the points that were set for a missed meeting, never the amount of money', () => {
    expect(decide('D12V', { ...noMeeting, mode: 'points', meetingPoints: 5 })).toMatchObject({
      output: { kind: 'points', value: 5 },
    });
  });

  it('records a missed meeting as long as no points are set', () => {
    expect(decide('D12V', { ...noMeeting, mode: 'points', meetingPoints: 0 })).toMatchObject({
      output: { kind: 'record', value: null },
    });
  });

  it('takes the points of the rules for a missing ledger', () => {
    expect(decide('D12V', { ...noLedger, mode: 'record', meetingPoints: 0 })).toMatchObject({
      output: { kind: 'points', value: 20 },
    });
  });

  it.each([
    ['no evidence', { evidenceCount: 0, dutyEvidence: 0, isRepeated: false }, false],
    ['petitions and ratings alone', { evidenceCount: 3, dutyEvidence: 0, isRepeated: false }, false],
    ['one missed deadline among petitions', { evidenceCount: 3, dutyEvidence: 1, isRepeated: false }, true],
    [
      'a missing ledger that was found before in its period',
      { evidenceCount: 1, dutyEvidence: 1, isRepeated: true },
      false,
    ],
  ])('lets nothing pass but a breach of a duty: %s', (_, evidence, admitted) => {
    expect(decide('D12G', evidence)).toMatchObject({ output: { admitted } });
  });
});
