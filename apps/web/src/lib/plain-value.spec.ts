import { plainValue } from './plain-value.js';

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
