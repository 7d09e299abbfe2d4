import { describe, expect, it } from '@jest/globals';
import { claimProcess, paths, portalFile, problemsOf, rolesFile } from '../../test/tiny-configuration.js';

const column = { id: 'amount', title: '金额', type: 'number', value: '=amount' };
const ledger = {
  id: 'L1',
  title: '台账',
  process: 'claim',
  readers: [{ roles: ['clerk'] }],
  columns: [column, { id: 'day', title: '日期', type: 'date', value: '=date("2026-01-01")' }],
};
const path = 'workflows/ledgers/L1.ledger.json';
const codesOf = async (files: Readonly<Record<string, string | object | null>>) =>
  (await problemsOf(files)).map(({ code }) => code);
const headersOf = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers)
    .map(([key, value]) => `<zeebe:header key="${key}" value="${value}" />`)
    .join('');
const aggregating = (headers: Readonly<Record<string, string>>) =>
  codesOf({ [path]: ledger, [paths.process]: claimProcess({ job: 'ct.aggregate', jobHeaders: headersOf(headers) }) });
const good = { ledger: 'L1', by: 'amount', on: 'day', length: 'month', least: 'days' };

describe('ct.aggregate', () => {
  it('is taken where ledger, columns, length and parameter are there', async () => {
    expect(await aggregating(good)).toEqual([]);
  });

  it.each([
    { change: { ledger: 'L9' }, code: 'link.unknownReference' },
    { change: { by: 'nothing' }, code: 'link.unknownReference' },
    { change: { on: 'amount' }, code: 'link.unknownReference' },
    { change: { least: 'weeks' }, code: 'link.unknownReference' },
    { change: { sum: 'day' }, code: 'link.unknownReference' },
    { change: { length: 'week' }, code: 'link.invalidHeader' },
    { change: { days: '30' }, code: 'link.invalidHeader' },
    { change: { by: '' }, code: 'link.missingHeader' },
  ])('is refused with $change', async ({ change, code }) => {
    expect(await aggregating({ ...good, ...change })).toEqual([code]);
  });

  it.each([
    { length: undefined, days: '90', said: '"days" (90)' },
    { length: 'month', days: undefined, said: '"length" (month)' },
  ])('is refused where it says $said and no column with a date', async ({ length, days, said }) => {
    const headers = { ledger: 'L1', by: 'amount', least: 'days', ...(length && { length }), ...(days && { days }) };
    const job = claimProcess({ job: 'ct.aggregate', jobHeaders: headersOf(headers) });

    const problems = await problemsOf({ [path]: ledger, [paths.process]: job });

    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        code: 'link.missingHeader',
        file: paths.process,
        elementId: expect.any(String),
        line: expect.any(Number),
        message: expect.stringContaining(`"on" beside ${said} but found none: name the column with the date`),
        messageZh: expect.stringContaining('请在 on 里写明按哪个日期列统计'),
      }),
    ]);
  });
});

describe('ct.figures', () => {
  it.each([
    { headers: { indicators: 'R9', length: 'month' }, code: 'link.unknownReference' },
    { headers: { length: 'month' }, code: 'link.missingHeader' },
  ])('is refused with $headers', async ({ headers, code }) => {
    const files = { [paths.process]: claimProcess({ job: 'ct.figures', jobHeaders: headersOf(headers) }) };

    expect(await codesOf(files)).toEqual([code]);
  });

  const indicator = {
    id: 'R9',
    title: '率',
    process: 'claim',
    kind: 'ratio',
    period: '=instance.endedAt',
    numerator: '=amount > 1',
    lengths: ['month'],
    suppress: 'days',
    readers: [{ roles: ['clerk'] }],
  };
  const figures = (small: string, files: object = {}, mapping = '') =>
    codesOf({
      'workflows/ledgers/R9.indicator.json': indicator,
      [paths.roles]: { ...rolesFile, roles: [...rolesFile.roles, { id: 'portal', name: '公众' }] },
      [paths.process]: claimProcess({
        job: 'ct.figures',
        jobHeaders: headersOf({ indicators: 'R9', length: 'month', small }),
        mapping,
      }),
      ...files,
    });
  const reading = (name: string, readers: readonly string[]) => ({
    [path]: {
      ...ledger,
      readers: [{ roles: readers }],
      columns: [{ id: 'amount', title: '数', type: 'text', value: `=string(${name})` }],
    },
  });
  const counting = (internal: string, mapping = '', files: object = {}) =>
    codesOf({
      [path]: ledger,
      [paths.roles]: { ...rolesFile, roles: [...rolesFile.roles, { id: 'portal', name: '公众' }] },
      [paths.process]: claimProcess({ job: 'ct.aggregate', jobHeaders: headersOf({ ...good, internal }), mapping }),
      ...files,
    });

  it('lets an aggregate give counts of few under a name that stays inside', async () => {
    const mapping = copied.replace('internalFigures', 'internalGroups');

    expect(await counting('internalGroups')).toEqual([]);
    expect(await counting('internalGroups', '', reading('internalGroups', ['clerk', 'portal']))).toContain(
      'link.internalFigures',
    );
    expect(await counting('internalGroups', mapping)).toEqual(['link.internalFigures']);
    expect(await counting('groups')).toEqual(['link.invalidHeader']);
    expect(await counting('internalFigures')).toEqual(['link.invalidHeader']);
  });

  it('take from a parameter whether they give counts of few, where it says one or the other', async () => {
    const holding = (value: string) => ({ [paths.parameters]: { days: { name: '期限', value } } });

    expect(await figures('days', holding('hide'))).not.toContain('link.invalidHeader');
    expect(await figures('days', holding('some'))).toContain('link.invalidHeader');
    expect(await figures('nothing')).toContain('link.invalidHeader');
  });

  const copied = '<zeebe:ioMapping><zeebe:output source="=internalFigures" target="publicFigures" /></zeebe:ioMapping>';
  const document = (declaration: object) => ({
    [paths.documents]: [
      { id: 'T1', title: '回执', template: 'documents/T1.hbs', roles: ['clerk'], receipt: true },
      { id: 'T2', title: '报表', template: 'documents/T2.hbs', roles: ['clerk'], ...declaration },
    ],
    [paths.template.replace('T1', 'T2')]: '<p>{{#each internalFigures}}{{this.text}}{{/each}}</p>',
  });

  it('may give counts of few to documents and ledgers that stay inside', async () => {
    expect(await figures('counts')).toEqual([]);
    expect(await figures('counts', reading('internalFigures', ['clerk']))).toEqual([]);
    expect(await figures('counts', document({}))).toEqual([]);
    expect(await figures('counts', reading('figures', ['clerk', 'portal']))).toEqual([]);
  });

  it('is refused where counts of few could get out', async () => {
    expect(await figures('counts', reading('internalFigures', ['clerk', 'portal']))).toEqual(['link.internalFigures']);
    expect(await figures('counts', document({ portal: true }))).toEqual(['link.internalFigures']);
    expect(await figures('counts', {}, copied)).toEqual(['link.internalFigures']);
    expect(await figures('some')).toEqual(['link.invalidHeader']);
  });
});

describe('pages of the portal', () => {
  const paged = (page: object, readers: readonly string[]) => {
    const pages = [{ id: 'p', title: '公开', ledger: 'L1', ...page }];
    return codesOf({
      [path]: { ...ledger, readers: [{ roles: readers }] },
      [paths.roles]: { ...rolesFile, roles: [...rolesFile.roles, { id: 'portal', name: '公众' }] },
      [paths.portal]: { ...portalFile, pages },
    });
  };

  it('are refused where the ledger does not name the portal as a reader, or is not there', async () => {
    expect(await paged({}, ['clerk'])).toEqual(['link.privateLedger']);
    expect(await paged({ ledger: 'L9' }, ['clerk'])).toEqual(['link.unknownReference']);
  });

  it('are refused with a column that is not open to the portal', async () => {
    expect(await paged({ columns: ['name'] }, ['clerk'])).toEqual(['link.privateLedger', 'link.unknownReference']);
  });

  const entry = (own: object) => ({ entry: { id: String(portalFile.entries[0]?.id), ...own } });

  it('may lead from their rows to an entry, by what the rows show', async () => {
    expect(await paged(entry({ when: '=day > today()', prefill: { name: '=string(day)' } }), ['portal'])).toEqual([]);
  });

  it.each([
    [{ entry: { id: 'nothing' } }, 'link.unknownReference'],
    [entry({ when: '=nothing = "x"' }), 'link.unknownReference'],
    [entry({ prefill: { nothing: '=day' } }), 'link.unknownReference'],
    [{ group: ['nothing'] }, 'link.unknownReference'],
  ])('are refused with %j', async (page, code) => {
    expect(await paged(page, ['portal'])).toEqual([code]);
  });

  it('are refused where what is upcoming is not told by days', async () => {
    expect(await paged({ upcoming: 'name' }, ['clerk'])).toEqual(['link.privateLedger', 'link.unknownReference']);
  });
});

describe('ct.retention', () => {
  it.each([
    { headers: { keepYears: 'days', processes: 'claim' }, codes: [] },
    { headers: { keepYears: 'weeks', processes: 'claim' }, codes: ['link.unknownReference'] },
    { headers: { keepYears: 'days', processes: 'nothing' }, codes: ['link.unknownReference'] },
    { headers: { keepYears: 'days', processes: '' }, codes: ['link.missingHeader'] },
    { headers: { what: 'drafts', keepDays: 'days' }, codes: [] },
    { headers: { what: 'classes', keepDays: 'days', classes: 'ident', processes: 'claim' }, codes: [] },
    { headers: { what: 'classes', keepDays: 'days', processes: 'claim' }, codes: ['link.missingHeader'] },
    {
      headers: { what: 'classes', keepDays: 'days', classes: 'open', processes: 'claim' },
      codes: ['link.unknownReference'],
    },
    { headers: { what: 'everything', keepDays: 'days', processes: 'claim' }, codes: ['link.unknownReference'] },
    { headers: { what: 'drafts', keepDays: 'days', keepYears: 'days' }, codes: ['link.invalidHeader'] },
    { headers: { keepDays: 'days', processes: 'claim' }, codes: ['link.missingHeader'] },
  ])('with $headers gives $codes', async ({ headers, codes }) => {
    const files = { [paths.process]: claimProcess({ job: 'ct.retention', jobHeaders: headersOf(headers) }) };

    expect(await codesOf(files)).toEqual(codes);
  });
});
