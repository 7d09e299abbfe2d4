import { plainDay, plainValue } from './plain-value.js';

const chinese = (key: string) => ({ 'common.language': 'zh-CN', 'common.yes': '是', 'common.no': '否' })[key] ?? key;

describe('a value as a person reads it', () => {
  it('writes a day without its zeros, with the year when it is another year', () => {
    const thisYear = new Date().getFullYear();

    expect(plainValue(`${thisYear}-03-05`, chinese)).toBe('3月5日');
    expect(plainValue('2024-11-28', chinese)).toBe('2024年11月28日');
  });

  it('leaves a text alone that only begins like a day', () => {
    expect(plainValue('2024-11-28 的会议', chinese)).toBe('2024-11-28 的会议');
  });

  it('says yes and no, and a dash for nothing', () => {
    expect([true, false, null, '', []].map((value) => plainValue(value, chinese))).toEqual(['是', '否', '—', '—', '—']);
  });
});

describe('the day of a moment', () => {
  it.each([
    ['2025-03-01T16:30:00.000Z', false, '2025年3月2日'],
    ['2025-03-02T00:30:00+08:00', false, '2025年3月2日'],
    ['2025-03-02T23:30:00+08:00@Asia/Shanghai', false, '2025年3月2日'],
    ['2025-03-02T16:00:00Z', true, '2025年3月2日'],
    ['长期', false, '长期'],
  ])('is the one at the mine: %s', (text, endsTerm, day) => {
    expect(plainDay(text, (key) => key, endsTerm)).toBe(day);
  });
});
