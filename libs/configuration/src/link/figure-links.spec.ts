import { describe, expect, it } from '@jest/globals';
import { claimProcess, paths, portalFile, problemsOf } from '../../test/tiny-configuration.js';

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
});

describe('ct.figures', () => {
  it.each([
    { headers: { indicators: 'R9', length: 'month' }, code: 'link.unknownReference' },
    { headers: { length: 'month' }, code: 'link.missingHeader' },
  ])('is refused with $headers', async ({ headers, code }) => {
    const files = { [paths.process]: claimProcess({ job: 'ct.figures', jobHeaders: headersOf(headers) }) };

    expect(await codesOf(files)).toEqual([code]);
  });
});

describe('pages of the portal', () => {
  const paged = (page: object, readers: readonly string[]) => {
    const pages = [{ id: 'p', title: '公开', ledger: 'L1', ...page }];
    return codesOf({ [path]: { ...ledger, readers: [{ roles: readers }] }, [paths.portal]: { ...portalFile, pages } });
  };

  it('are refused where the ledger does not name the portal as a reader, or is not there', async () => {
    expect(await paged({}, ['clerk'])).toEqual(['link.privateLedger']);
    expect(await paged({ ledger: 'L9' }, ['clerk'])).toEqual(['link.unknownReference']);
  });

  it('are refused with a column that is not open to the portal', async () => {
    expect(await paged({ columns: ['name'] }, ['clerk'])).toEqual(['link.privateLedger', 'link.unknownReference']);
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
