import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '../../test/tiny-configuration.js';

const path = 'workflows/dashboards.json';
const ledger = {
  id: 'L1',
  title: '登记台账',
  process: 'claim',
  readers: [{ roles: ['clerk'] }],
  columns: [
    { id: 'no', title: '编号', type: 'text', value: '=instance.caseNo', filter: true },
    { id: 'at', title: '登记', type: 'dateTime', value: '=steps.register.endedAt' },
  ],
};
const indicator = {
  id: 'R1',
  title: '及时率',
  process: 'claim',
  kind: 'ratio',
  period: '=steps.register.dueAt',
  numerator: '=amount > 1',
  lengths: ['month'],
  suppress: 'days',
  readers: [{ roles: ['clerk'] }],
};
const board = (section: object) => ({ id: 'duty', title: '职责', sections: [{ title: '办理', ...section }] });

async function faults(file: readonly object[], more: object = {}) {
  const problems = await problemsOf({
    'workflows/ledgers/L1.ledger.json': ledger,
    'workflows/ledgers/R1.indicator.json': { ...indicator, ...more },
    [path]: file,
  });
  return problems.map((one) => `${one.file === path ? '' : `${one.file} `}${one.place ?? ''}: ${one.message}`);
}

describe('dashboards', () => {
  it('bring indicators and counts of ledgers together', async () => {
    const counts = [{ ledger: 'L1', title: '登记', filters: [{ column: 'no', contains: 'XF' }] }];

    expect(await faults([board({ indicators: ['R1'], counts })])).toEqual([]);
  });

  it.each([
    ['an indicator that is none', { indicators: ['R9'] }, '/0/sections/0/indicators/0', 'R9'],
    ['a ledger that is none', { counts: [{ ledger: 'L9', title: '无' }] }, '/0/sections/0/counts/0/ledger', 'L9'],
    [
      'a column that cannot be filtered by',
      { counts: [{ ledger: 'L1', title: '登记', filters: [{ column: 'at', from: '2026-01-01' }] }] },
      '/0/sections/0/counts/0/filters/0',
      'at',
    ],
    ['a section without a title', { title: '' }, '/0/sections/0/title', ''],
  ])('are refused with %s', async (_, section, place, id) => {
    const found = await faults([board(section)]);

    expect(found).toEqual([expect.stringContaining(`${place}: `)]);
    expect(found[0]).toContain(id);
  });

  it('are refused twice under one id', async () => {
    expect(await faults([board({}), board({})])).toEqual(['/1/id: Expected the id "duty" once but found it twice.']);
  });
});

describe('the target of an indicator', () => {
  const file = 'workflows/ledgers/R1.indicator.json';

  it.each([
    ['a number', { atLeast: 95 }],
    ['a parameter with a number', { atMost: 'days' }],
  ])('is %s', async (_, target) => {
    expect(await faults([], { target })).toEqual([]);
  });

  it.each([
    ['a parameter that is none', { target: { atLeast: 'nothing' } }, '/target/atLeast'],
    ['two bounds', { target: { atLeast: 1, atMost: 2 } }, '/target'],
    ['no bound', { target: {} }, '/target'],
  ])('is refused: %s', async (_, more, place) => {
    expect(await faults([], more)).toEqual([expect.stringContaining(`${file} ${place}: `)]);
  });
});
