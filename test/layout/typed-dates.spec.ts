import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';
import { createFormValidator, effectiveSchema } from '#forms';

const NOW = Date.parse('2026-03-10T09:00:00+08:00');
const TODAY = '2026-03-10';
const YESTERDAY = '2026-03-09';

/** What the case holds when these forms are filled in. */
const variables = {
  signedAt: '2026-03-09T16:20:30@Asia/Shanghai',
  registeredAt: '2026-03-02T09:00:00@Asia/Shanghai',
  occurredAt: '2026-03-10T07:00:00+08:00',
  fileSentAt: '2026-03-06',
  outcome: 'accept',
  leadUnit: 'hr',
  replyDue: '2026-05-02T00:00:00@Asia/Shanghai',
};

const moment = (day: string, time: string): string => `${day}T${time}:00+08:00`;

/** A date that ends a step, or from which a term counts, is neither ahead of the clock nor before what it follows. */
describe('a typed date', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  const context = (known: object) => ({
    variables: { ...known },
    dictionaries: set.dictionaries,
    sources: {},
    evaluation: { now: NOW, timeZone: 'Asia/Shanghai', functions: set.feelFunctions },
    parameters: Object.fromEntries(Object.entries(set.parameters).map(([name, { value }]) => [name, value])),
  });

  /** Sentences about dates and times, whatever else is missing. */
  function said(formId: string, filledIn: object, known: object = variables): readonly string[] {
    const form = set.forms.get(formId);
    if (!form) throw new Error(`Expected a form ${formId}.`);
    const { schema, data } = effectiveSchema(form, filledIn, context(known));
    return createFormValidator({ language: 'zh' })
      .validate(schema, data)
      .filter(({ keyword }) => ['x-earliest', 'x-latest'].includes(keyword))
      .map(({ message }) => message);
  }

  it.each([
    ['F11', { deliveredAt: moment('2025-01-05', '09:00') }, '送达时间不能早于签发，请核对年份和日期。'],
    ['F11', { deliveredAt: moment(TODAY, '09:06') }, '送达时间不能晚于现在，请改成实际送达的时间。'],
    ['F11-notice', { deliveredAt: moment('2026-03-09', '16:00') }, '送达时间不能早于签发，请核对年份和日期。'],
    ['F11-notice', { deliveredAt: moment('2027-03-09', '16:30') }, '送达时间不能晚于现在，请改成实际送达的时间。'],
    ['F05-receipt', { receiptAt: '2026-03-11' }, '签收日期不能晚于今天。'],
    ['F05-receipt', { receiptAt: '2026-03-01' }, '签收日期不能早于本件登记的日期，请核对。'],
    ['F13-send', { fileSentAt: '2026-03-11' }, '移送日期不能晚于今天。'],
    ['F13-accepted', { reviewAcceptedAt: '2026-03-11' }, '受理日期不能晚于今天。'],
    ['F13-accepted', { reviewAcceptedAt: '2026-03-05' }, '受理日期不能早于移送日期，请核对。'],
    ['F-calm', { calmAt: moment(TODAY, '06:00') }, '平息时间不能早于发生时间，请核对。'],
    ['F-calm', { calmAt: moment(TODAY, '10:00') }, '平息时间不能晚于现在。'],
    ['F25-police', { policeCalledAt: moment(TODAY, '06:00') }, '报警时间不能早于发生时间，请核对。'],
    ['F25-police', { policeCalledAt: moment(TODAY, '10:00') }, '报警时间不能晚于现在。'],
    ['F14', { reviewConclusion: 'redo', redoDue: YESTERDAY }, '重办期限不能早于今天。'],
    ['F14', { reviewConclusion: 'change', changedPromises: [{ due: YESTERDAY }] }, '期限不能早于今天。'],
    [
      'F21-visit',
      { visitOutcome: 'assign', visitDue: YESTERDAY, receptionDone: 'visitor' },
      '办结报告日期不能早于今天。',
    ],
    ['F07', { proposedPromises: [{ due: YESTERDAY }] }, '期限不能早于今天。'],
    ['F17-plan', { measures: [{ due: YESTERDAY }] }, '期限不能早于今天。'],
    ['F22', { decisions: [{ due: YESTERDAY }] }, '期限不能早于今天。'],
    ['F22', { coordinatedDue: YESTERDAY }, '办结报告日期不能早于今天。'],
    ['F38', { terms: [{ due: YESTERDAY }] }, '期限不能早于今天。'],
    ['F04', { instructionDue: YESTERDAY }, '要求办结日期不能早于今天。'],
    ['F04', { instructionDue: '2026-05-02' }, '要求办结日期不能晚于答复期限。'],
  ])('of %s in %j is refused: %s', (formId, filledIn, sentence) => {
    expect(said(formId, filledIn)).toEqual([sentence]);
  });

  it.each([
    ['F11', { deliveredAt: moment('2026-03-09', '16:20') }],
    ['F11', { deliveredAt: moment(TODAY, '09:04') }],
    ['F11-notice', { deliveredAt: moment('2026-03-09', '16:20') }],
    ['F05-receipt', { receiptAt: '2026-03-02' }],
    ['F13-accepted', { reviewAcceptedAt: '2026-03-06' }],
    ['F-calm', { calmAt: moment(TODAY, '09:00') }],
    ['F14', { reviewConclusion: 'redo', redoDue: TODAY }],
    ['F04', { instructionDue: '2026-05-01' }],
  ])(
    'of %s in %j is taken: the minute of the signature, clocks that differ a little, the last day',
    (formId, filledIn) => {
      expect(said(formId, filledIn)).toEqual([]);
    },
  );

  it('has no bound where the case knows no moment that it follows', () => {
    expect(said('F11', { deliveredAt: moment('2026-03-01', '09:00') }, {})).toEqual([]);
  });

  it.each([
    ['the reply is due then', variables, '2026-05-01'],
    [
      'a reception day ordered a day before',
      { ...variables, receptionOutcome: 'assign', closingReportDue: '2026-04-01' },
      '2026-04-01',
    ],
    [
      'what it ordered lies after the term',
      { ...variables, receptionOutcome: 'assign', closingReportDue: '2026-06-01' },
      '2026-05-01',
    ],
    ['the term is over', { ...variables, replyDue: '2026-03-01T00:00:00@Asia/Shanghai' }, undefined],
    ['there is no term yet', { ...variables, replyDue: null }, undefined],
  ])('of a leader is filled in, because %s', (_why, known, expected) => {
    const form = set.forms.get('F04');
    if (!form) throw new Error('Expected a form F04.');

    const { data } = effectiveSchema(form, {}, { ...context(known), applyDefaults: true });

    expect(data['instructionDue']).toBe(expected);
  });
});
