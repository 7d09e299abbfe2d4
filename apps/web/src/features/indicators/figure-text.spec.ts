import type { TFunction } from 'i18next';
import { staff } from '../../locales/zh/staff.js';
import { periodText } from './figure-text.js';

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
