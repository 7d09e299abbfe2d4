import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';
import { renderDocument } from '#documents';
import { effectiveSchema, submitForm } from '#forms';

const NOW = Date.parse('2026-03-02T09:00:00+08:00');
const timeZone = 'Asia/Shanghai';

/** Steps that end a matter, or somebody's claim in it: what is chosen there, and what has to be written then. */
const endings: readonly (readonly [form: string, chosen: object, written: readonly string[]])[] = [
  ['F-refuse', { unacceptReason: 'finalised' }, ['noticeReason', 'noticeBasis', 'noticeRemedy']],
  ['F-redirect', { routeLegal: 'court' }, ['noticeReason', 'limitNote']],
  ['F-transfer', {}, ['noticeReason', 'transferTo', 'transferPhone']],
  ['F-merge', {}, ['noticeReason', 'mergedInto']],
  ['F08', {}, ['claims', 'remedy']],
  ['F14', { reviewConclusion: 'notAccepted' }, ['reviewFindings', 'reviewBasis', 'reviewRemedy', 'reviewFile']],
  ['F37-conclude', { protectionFinding: 'unfounded' }, ['basis', 'resultText']],
  ['F-accusation-result', {}, ['resultText']],
  ['F-accusation-return', { returnDecision: 'agree' }, ['returnNotice']],
  ['F36-assess', { supported: false }, ['assessText']],
  ['F34', { findingDecision: 'drop' }, ['findingNote']],
  ['F34-decide', { vote: 'rejected' }, ['voteReason']],
  ['F34-decide', { vote: 'changed' }, ['voteReason', 'newValue']],
  ['F34-review', { vote: 'upheld' }, ['voteReason']],
  ['F34-review', { vote: 'rejected' }, ['voteReason']],
  ['F16-approve', { proposalDecision: 'refuse' }, ['returnReason']],
];

/** What the page of a petitioner says where a matter has ended, and the paper that says more. */
const ended: Readonly<Record<string, RegExp>> = {
  transferred: /告知书/,
  redirected: /告知书/,
  notAccepted: /不同意怎么办.*告知书/,
  replied: /前可申请复查/,
  closed: /不满意可再次反映/,
  merged: /一起答复/,
  withdrawn: /日内可恢复办理/,
  stopped: /可以恢复办理/,
  protConcluded: /不同意.*上级纪委，电话/,
  protClosed: /不同意.*上级纪委，电话/,
  accTold: /不同意.*上级纪委，电话/,
  accReturned: /看转去的那一件/,
  welClosed: /不同意.*接待日/,
};
const going =
  'received assessing needInfo accepted extended executing underReview protReceived protWorking accReceived accWorking welReceived welHelped';

/** No matter ends without a written reason, what it rests on, and where to turn. */
describe('an ending', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  const parameters = () => Object.fromEntries(Object.entries(set.parameters).map(([name, { value }]) => [name, value]));

  it.each(endings)('of %s with %j wants %j in writing', (formId, chosen, written) => {
    const form = set.forms.get(formId);
    if (!form) throw new Error(`Expected a form ${formId}.`);
    const { schema } = effectiveSchema(form, chosen, {
      variables: {},
      dictionaries: set.dictionaries,
      sources: {},
      evaluation: { now: NOW, timeZone, functions: set.feelFunctions },
      parameters: parameters(),
      applyDefaults: true,
    });

    expect(schema.required ?? []).toEqual(expect.arrayContaining([...written]));
  });

  it.each([
    [
      'F-refuse',
      'notAccepted',
      { unacceptReason: 'finalised', noticeBasis: '条例第二十三条' },
      '30日内，向公司信访办提出',
    ],
    ['F-redirect', 'redirect', { routeLegal: 'court', limitNote: '三年内起诉。' }, '30日内，向公司信访办提出'],
    [
      'F-transfer',
      'transfer',
      { transferTo: '公司人力资源部', transferPhone: '0912-1234567' },
      '30日内，向公司信访办提出',
    ],
    ['F-merge', 'merge', {}, '可随时告诉我们单独办理'],
  ])(
    'of %s keeps the way to disagree, whatever its writer or an earlier notice put there',
    (formId, outcome, put, way) => {
      const form = set.forms.get(formId);
      if (!form) throw new Error(`Expected a form ${formId}.`);
      const noticeReason = '理由写在这里，写得让人看懂，至少二十个字才行。';

      const taken = submitForm(
        form,
        { ...put, noticeReason, noticeRemedy: '无', noticeRemedyMore: '也可以到接待室来问。' },
        {
          variables: { outcome, noticeRemedy: '没有办法。', duplicate: 'sameOpen', sameCaseNo: 'XF-2026-00002' },
          dictionaries: set.dictionaries,
          sources: {},
          evaluation: { now: NOW, timeZone, functions: set.feelFunctions },
          parameters: parameters(),
        },
      );

      expect(taken).toMatchObject({ ok: true, data: { noticeRemedyMore: '也可以到接待室来问。' } });
      expect(taken).toMatchObject({ data: { noticeRemedy: expect.stringContaining(way) as unknown } });
    },
  );

  it('says on the page of the petitioner where to turn, whichever it is', () => {
    const states = Object.entries(set.portal?.tracking?.states ?? {});
    const ends = states.filter(([id]) => !going.split(' ').includes(id));

    expect(ends.map(([id]) => id).toSorted()).toEqual(Object.keys(ended).toSorted());
    const silent = ends.filter(([id, { sentence, next }]) => !ended[id]?.test(`${sentence}${next}`));
    expect(silent).toEqual([]);
  });

  it.each(['transfer', 'redirect', 'notAccepted', 'merge'])(
    'by %s is a paper with reason, basis, and whom to turn to until when, also where its writer left these out',
    (outcome) => {
      const entry = set.documents.get('T05');
      if (!entry) throw new Error('Expected a document T05.');
      const values = {
        outcome,
        noticeReason: '理由写在这里',
        noticeBasis: '依据某条',
        noticeRemedyMore: '也可以到接待室来问。',
        'office.phone': '8110',
      };
      const { html } = renderDocument(
        entry.compiled,
        {
          ...(outcome === 'notAccepted' ? values : { ...values, noticeBasis: null }),
          case: { no: 'XF-2026-00001', createdAt: NOW },
          document: { no: 'XF-2026-00001-T05', date: NOW },
          organization: { name: set.organization.name },
          parameters: parameters(),
          portalUrl: 'https://portal.example/',
        },
        {
          timeZone,
          token: (key) => key,
          dictionaryLabel: (name, value) => set.dictionaries[name]?.find((one) => one.value === value)?.label,
          unitName: (unit) => set.organization.units.find((one) => one.id === unit)?.name,
        },
      );

      expect(html).toContain('理由写在这里');
      expect(html).toMatch(/依据[：:]\s*(《|依据某条)/);
      expect(html).toMatch(/不同意.*(30日内|随时).*公司信访办/);
      expect(html).toContain('<p>也可以到接待室来问。</p>');
      expect(html).toMatch(/地址：\S/);
    },
  );
});
