import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IndicatorDeclaration, LedgerDeclaration } from './declarations.js';
import { compileFormulas, indicatorFormulas, ledgerFormulas } from './entries.js';
import { indicatorFacts, ledgerRows } from './evaluate.js';
import type { InstanceFacts } from './facts.js';
import { sortText } from './sort-text.js';

const context = { now: 0, timeZone: 'Asia/Shanghai' };
const at = (text: string) => Date.parse(`${text}+08:00`);

const facts: InstanceFacts = {
  key: '1',
  processId: 'claim',
  caseKey: '1',
  caseNo: 'XF-2026-00001',
  state: 'ACTIVE',
  publicState: 'accepted',
  drill: false,
  startAt: at('2026-03-02T09:00:00'),
  endAt: null,
  revision: 3,
  variables: {
    amount: 12.5,
    due: '2026-03-17T00:00:00+08:00',
    units: ['hr', 'finance'],
    subject: { $sealed: '77' },
    demands: [{ text: { $sealed: '78' } }],
    promises: [
      { owner: 'hr', due: '2026-04-01' },
      { owner: 'finance', due: '2026-05-01' },
    ],
  },
  steps: [
    {
      elementId: 'register',
      startedAt: at('2026-03-02T09:00:00'),
      endedAt: at('2026-03-03T10:00:00'),
      count: 1,
      dueAt: at('2026-03-04T00:00:00'),
    },
  ],
};

function ledger(columns: LedgerDeclaration['columns'], more: Partial<LedgerDeclaration> = {}) {
  const declaration: LedgerDeclaration = { id: 'L1', title: '台账', process: 'claim', readers: [], columns, ...more };
  return { kind: 'ledger' as const, path: 'L1', declaration, formulas: compileFormulas(ledgerFormulas(declaration)) };
}

function indicator(more: Partial<IndicatorDeclaration>) {
  const declaration: IndicatorDeclaration = {
    id: 'R1',
    title: '率',
    process: 'claim',
    kind: 'ratio',
    period: '=due',
    readers: [],
    lengths: ['month'],
    suppress: 'small',
    ...more,
  };
  return {
    kind: 'indicator' as const,
    path: 'R1',
    declaration,
    formulas: compileFormulas(indicatorFormulas(declaration)),
  };
}

const column = (type: LedgerDeclaration['columns'][number]['type'], value: string) => ({
  id: 'x',
  title: '列',
  type,
  value,
});
const cell = (type: Parameters<typeof column>[0], value: string) => {
  const { results, fault } = ledgerRows(ledger([column(type, value)]), facts, context);
  return { cell: results[0]?.cells['x'], fault };
};

describe('rows of a ledger', () => {
  it.each([
    ['text', '=instance.caseNo', 'XF-2026-00001'],
    ['number', '=amount * 2', 25],
    ['boolean', '=steps.register.endedAt <= steps.register.dueAt', true],
    ['dateTime', '=steps.register.endedAt', at('2026-03-03T10:00:00')],
    ['deadline', '=due', at('2026-03-17T00:00:00')],
    ['date', '=steps.register.endedAt', '2026-03-03'],
    ['unit', '=units', ['hr', 'finance']],
    ['sealed', '=subject', { sealed: ['77'] }],
    ['sealed', '=demands', { sealed: ['78'] }],
    ['text', '=missing', null],
    ['dateTime', '=steps.later.endedAt', null],
  ] as const)('gives a cell of type %s for %s', (type, value, expected) => {
    expect(cell(type, value)).toEqual({ cell: expected, fault: undefined });
  });

  it.each([
    ['number', '="twelve"', 'Expected a value of type number at /columns/0/value of L1.'],
    ['dateTime', '="soon"', 'Expected a value of type dateTime at /columns/0/value of L1.'],
    ['text', '=subject', 'Expected a value of type text at /columns/0/value of L1.'],
    ['text', '=demands', 'Expected a value of type text at /columns/0/value of L1.'],
  ] as const)('leaves a cell of type %s empty for %s and names the formula', (type, value, fault) => {
    expect(cell(type, value)).toEqual({ cell: null, fault });
  });

  it('has none where the condition does not hold', () => {
    const { results } = ledgerRows(ledger([column('text', '="x"')], { where: '=amount > 100' }), facts, context);

    expect(results).toEqual([]);
  });

  it('has one for each entry of a list that meets the condition', () => {
    const entry = ledger([column('unit', '=item.owner')], { items: '=promises', where: '=item.due > "2026-04-15"' });

    const { results } = ledgerRows(entry, facts, context);

    expect(results).toEqual([{ item: 1, cells: { x: 'finance' } }]);
  });

  it('keeps the numbers of an order as numbers, whatever they are', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const [first, second] = [sortText(a), sortText(b)];
        expect(first < second).toBe(a < b);
        expect(first === second).toBe(a === b);
      }),
    );
  });
});

describe('facts of an indicator', () => {
  it('says when the due event falls and which side of the line it is on', () => {
    const entry = indicator({ numerator: '=steps.register.endedAt < date and time(due)', unit: '=units[1]' });

    const { results, fault } = indicatorFacts(entry, facts, context);

    expect({ results, fault }).toEqual({
      results: [
        { item: 0, periodAt: at('2026-03-17T00:00:00') - 1, isNumerator: true, value: null, unit: 'hr', group: null },
      ],
      fault: undefined,
    });
  });

  it.each([
    ['2026-03-01T00:00:00+08:00', '2026-02-28T23:59:59.999'],
    ['2026-03-01T00:00:01+08:00', '2026-03-01T00:00:01'],
    ['2026-03-01', '2026-03-01T00:00:00'],
  ])('counts what is due at %s at %s', (due, counted) => {
    const { results } = indicatorFacts(indicator({ period: `="${due}"`, numerator: '=true' }), facts, context);

    expect(results.map(({ periodAt }) => periodAt)).toEqual([at(counted)]);
  });

  it.each([
    ['has no period', { period: '=missing' }],
    ['is not counted', { denominator: '=amount > 100' }],
    ['is in neither group', { compare: { by: '=missing', groups: [{ value: true, label: '是' }] } }],
    ['has no number to take the mean of', { kind: 'mean' as const, value: '=missing' }],
  ])('has none where the instance %s', (_, more) => {
    expect(indicatorFacts(indicator({ numerator: '=true', ...more }), facts, context).results).toEqual([]);
  });

  describe('that is counted above the line by itself', () => {
    const entry = indicator({
      unit: '="hr"',
      numeratorFrom: { process: 'rating', where: '=amount > 10', period: '=due', unit: '=units[2]' },
    });

    it('stands below the line where it is of the process of the indicator', () => {
      expect(indicatorFacts(entry, facts, context).results).toEqual([
        { item: 0, periodAt: at('2026-03-17T00:00:00') - 1, isNumerator: false, value: null, unit: 'hr', group: null },
      ]);
    });

    it('stands above it where it is of the other, by formulas of its own', () => {
      const rating = { ...facts, processId: 'rating' };

      expect(indicatorFacts(entry, rating, context).results).toEqual([
        {
          item: 1000,
          periodAt: at('2026-03-17T00:00:00') - 1,
          isNumerator: true,
          value: null,
          unit: 'finance',
          group: null,
        },
      ]);
    });

    it('gives both sides of one instance where they differ in time alone', () => {
      const numeratorFrom = { process: 'claim', period: '=instance.startedAt' };

      const { results } = indicatorFacts(indicator({ numeratorFrom }), facts, context);

      expect(results.map(({ item, isNumerator, periodAt }) => [item, isNumerator, periodAt])).toEqual([
        [0, false, at('2026-03-17T00:00:00') - 1],
        [1000, true, at('2026-03-02T09:00:00')],
      ]);
    });

    it('has none above the line that does not meet its condition', () => {
      const rating = { ...facts, processId: 'rating' };
      const few = { ...rating, variables: { ...facts.variables, amount: 1 } };
      expect(indicatorFacts(entry, few, context).results).toEqual([]);
    });
  });

  it('has none of a drill', () => {
    expect(indicatorFacts(indicator({ numerator: '=true' }), { ...facts, drill: true }, context).results).toEqual([]);
  });

  it('compares numbers of two groups', () => {
    const compare = { by: '=amount > 10', groups: [true, false].map((value) => ({ value, label: String(value) })) };
    const entry = indicator({ kind: 'difference', value: '=amount', compare });

    const { results } = indicatorFacts(entry, facts, context);

    expect(results).toMatchObject([{ isNumerator: false, value: 12.5, group: 0 }]);
  });

  it('takes days between two times as a number', () => {
    const value = '=(steps.register.endedAt - instance.startedAt) / duration("P1D")';

    const { results } = indicatorFacts(indicator({ kind: 'mean', value }), facts, context);

    expect(results[0]?.value).toBeCloseTo(25 / 24, 10);
  });

  it('has none of a number that cannot be summed exactly, and names the formula', () => {
    const entry = indicator({ kind: 'mean', value: '=10 ** 12' });

    expect(indicatorFacts(entry, facts, context)).toEqual({
      results: [],
      fault: 'Expected a number from -1000000000 to 1000000000 at /value of R1.',
    });
  });

  it('has a unit without the zero bytes that no database stores', () => {
    const entry = indicator({ numerator: '=true', unit: '=name' });
    const named = { ...facts, variables: { ...facts.variables, name: 'h\u0000r' } };

    expect(indicatorFacts(entry, named, context).results[0]?.unit).toBe('hr');
  });
});
