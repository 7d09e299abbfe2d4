import type { TFunction } from 'i18next';
import type { Indicator, PeriodFigure } from '../../lib/api/ledgers.js';
import { staff } from '../../locales/zh/staff.js';
import { periodText, targetText } from './figure-text.js';

const words = staff.indicators.periodOf;
const chinese = ((key: string, values: Record<string, unknown>) =>
  words[key.split('.').at(-1) as keyof typeof words].replace(/{{(\w+)}}/g, (_, name: string) =>
    String(values[name]),
  )) as unknown as TFunction;

describe('the period of a figure', () => {
  it('is said as a month, a quarter or a year', () => {
    const said = ['2026-03', '2026-Q4', '2026'].map((id) => periodText(id, chinese));

    expect(said).toEqual(['2026年3月', '2026年第4季度', '2026年']);
  });
});

describe('the target of a figure', () => {
  const keys = ((key: string) => key) as unknown as TFunction;
  const said = (value: number) =>
    targetText(
      { kind: 'ratio', target: { side: 'atLeast', value } } as Indicator,
      { state: 'none', rate: null, mean: null } as unknown as PeriodFigure,
      keys,
    );

  it('is the whole where no more is possible', () => {
    expect([said(100), said(95)]).toEqual(['indicators.target.whole', 'indicators.target.atLeast']);
  });
});
