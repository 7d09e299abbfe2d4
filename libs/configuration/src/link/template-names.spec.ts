import { describe, expect, it } from '@jest/globals';
import {
  claimProcess,
  launcher,
  paths,
  portalEntry,
  portalFile,
  problemsOf,
  roomAction,
} from '../../test/tiny-configuration.js';

const faultsOf = async (files: Readonly<Record<string, string | object | null>>) =>
  (await problemsOf(files)).map(({ severity, file, line, place, message }) =>
    [severity, `${file}${place ?? `:${line}`}`, message].join(' '),
  );
const unknown = (at: string, what: string, more = '.') => `error ${at} Expected ${what} to exist${more}`;

describe('names in the template of a document', () => {
  const template = (source: string) => faultsOf({ [paths.template]: source });

  it('are taken where something gives them', async () => {
    const source =
      '{{amount}}{{#if anonymous}}{{name}}{{/if}}{{caseNo}}{{case.no}}{{case.createdAt}}{{document.no}}{{document.date}}' +
      '{{organization.name}}{{parameters.days}}{{parameters.[days]}}{{portalUrl}}{{trackingCode}}{{dict "channel" amount}}';

    expect(await template(source)).toEqual([]);
  });

  it.each([
    ['<p>\n{{nope}}</p>', 2, 'the variable "nope"', '.'],
    ['{{amuont}}{{amout}}', 1, 'the variable "amuont"', '.'],
    ['{{amout}}', 1, 'the variable "amout"', '; did you mean "amount"?'],
    ['\n\n{{#each rows}}{{text}}{{/each}}', 3, 'the variable "rows"', '.'],
    ['{{#if (eq nope 1)}}x{{/if}}', 1, 'the variable "nope"', '.'],
    ['\n{{parameters.day}}', 2, 'in "parameters" the name "day"', '; did you mean "days"?'],
    ['{{case.number}}', 1, 'in "case" the name "number"', '.'],
    ['{{organization.nope}}', 1, 'in "organization" the name "nope"', '.'],
    ['{{dict parameters.days amount}}', 1, 'the dictionary "15"', '.'],
    ['\n{{dict "chanel" amount}}', 2, 'the dictionary "chanel"', '; did you mean "channel"?'],
  ])('are refused where nothing does: %j', async (source, line, what, near) => {
    expect((await template(source))[0]).toBe(unknown(`${paths.template}:${line}`, what, near));
  });

  it('know the tracking code on a receipt alone', async () => {
    const documents = [
      { id: 'T1', title: '回执', template: 'documents/T1.hbs', roles: ['clerk'], receipt: true },
      { id: 'T2', title: '告知', template: 'documents/T2.hbs', roles: ['clerk'] },
    ];
    const path = paths.template.replace('T1', 'T2');

    expect(await faultsOf({ [paths.documents]: documents, [path]: '{{trackingCode}}' })).toEqual([
      unknown(`${path}:1`, 'the variable "trackingCode"'),
    ]);
  });

  it('may be those of another process that makes it', async () => {
    const makes = (document: string) =>
      claimProcess({ job: 'ct.document', jobHeaders: `<zeebe:header key="document" value="${document}" />` });
    const documents = [
      { id: 'T1', title: '回执', template: 'documents/T1.hbs', roles: ['clerk'], receipt: true },
      { id: 'T2', title: '告知', template: 'documents/T2.hbs', roles: ['clerk'] },
    ];
    const path = paths.template.replace('T1', 'T2');

    expect(
      await faultsOf({ [paths.process]: makes('T2'), [paths.documents]: documents, [path]: '{{documentKey}}' }),
    ).toEqual([]);
  });
});

describe('names in the settings of screens', () => {
  const state = (change: object) =>
    faultsOf({
      [paths.portal]: {
        ...portalFile,
        tracking: { states: { open: { label: '办理中', sentence: '正在办理。', ...change } } },
      },
    });
  const at = `${paths.portal}/tracking/states/open`;

  it('are taken where something gives them', async () => {
    expect(
      await state({ sentence: '{{unit name}} {{dict "channel" amount}}', next: '', due: 'amount', late: '{{amount}}' }),
    ).toEqual([]);
  });

  it.each([
    [{ sentence: '{{nope}}' }, 'sentence', 'the variable "nope"'],
    [{ next: '{{dict "nope" amount}}' }, 'next', 'the dictionary "nope"'],
    [{ due: 'amount', late: '{{case.no}}' }, 'late', 'the variable "case"'],
    [{ due: 'dueAt' }, 'due', 'the variable "dueAt"'],
  ])('are refused in a public state: %j', async (change, member, what) => {
    expect(await state(change)).toEqual([unknown(`${at}/${member}`, what)]);
  });

  it('are refused in a sentence that is no template', async () => {
    expect((await state({ sentence: '{{#if amount}}' }))[0]).toContain(
      `error ${at}/sentence The template cannot be read`,
    );
  });

  it('are refused in what the portal asks of a form or of a case', async () => {
    const action = { id: 'write', title: '留言', message: 'claim.note', formId: 'F1' };
    const entry = { ...portalEntry, pinWhen: '=anonymus' };
    const portal = {
      ...portalFile,
      entries: [entry],
      tracking: {
        states: { open: { label: '办理中', sentence: '正在办理。' } },
        actions: [
          { ...action, when: '=a', variables: { b: '=e' }, prefill: { amount: '=c' } },
          { ...action, id: 'other', offers: [{ when: '=d', action: 'write', text: '…' }] },
        ],
      },
    };

    expect(await faultsOf({ [paths.portal]: portal })).toEqual([
      unknown(`${paths.portal}/entries/0/pinWhen`, 'the variable "anonymus"', '; did you mean "anonymous"?'),
      unknown(`${paths.portal}/tracking/actions/0/when`, 'the variable "a"'),
      unknown(`${paths.portal}/tracking/actions/0/variables/b`, 'the variable "e"'),
      unknown(`${paths.portal}/tracking/actions/0/prefill/amount`, 'the variable "c"'),
      unknown(`${paths.portal}/tracking/actions/1/offers/0/when`, 'the variable "d"'),
    ]);
  });

  it('are refused in routes of a launcher and in a room', async () => {
    const route = { when: '=nope', processId: 'claim', startMessage: 'claim.submitted' };
    const room = {
      title: '处置室',
      clockFrom: 'a',
      levelVariable: 'b',
      facts: [
        { variable: 'amount', label: '金额' },
        { variable: 'c', label: '乙' },
      ],
      actions: [{ ...roomAction, when: '=d = 1' }],
    };

    expect(
      await faultsOf({ [paths.launchers]: [{ ...launcher, routes: [route] }], [paths.rooms]: { claim: room } }),
    ).toEqual([
      unknown(`${paths.launchers}/0/routes/0/when`, 'the variable "nope"'),
      unknown(`${paths.rooms}/claim/clockFrom`, 'the variable "a"'),
      unknown(`${paths.rooms}/claim/levelVariable`, 'the variable "b"'),
      unknown(`${paths.rooms}/claim/facts/1/variable`, 'the variable "c"'),
      unknown(`${paths.rooms}/claim/actions/0/when`, 'the variable "d"'),
    ]);
  });

  it('are refused in a schedule and in the body of a message to a group', async () => {
    const schedule = { id: 'S1', title: '每日', processId: 'claim', cron: '0 9 * * *', onlyIf: '=nope', variables: {} };
    const format = { name: '群', body: { a: '{{text}} {{nope}}' }, sign: 'none', codes: ['code'] };

    expect(
      await faultsOf({
        'workflows/schedules.json': [schedule],
        'workflows/notifications.json': { chat: { formats: { one: format }, groups: [] } },
      }),
    ).toEqual(
      expect.arrayContaining([
        unknown('workflows/schedules.json/0/onlyIf', 'the variable "nope"'),
        unknown('workflows/notifications.json/chat/formats/one/body', 'the name "nope"'),
      ]),
    );
  });
});
