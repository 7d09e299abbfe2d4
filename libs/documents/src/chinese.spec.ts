import { dateCN, dateTimeCN, moneyCN, ordinalCN, deadlineCN } from './chinese.js';

const zone = 'Asia/Shanghai';

describe('Chinese dates, numerals and amounts', () => {
  it.each([
    ['2026-03-02', '2026年3月2日'],
    ['2026-03-01T16:30:00Z', '2026年3月2日'],
    ['2026-03-02T00:30:00+08:00', '2026年3月2日'],
    ['2026-03-02T23:30:00@Asia/Shanghai', '2026年3月2日'],
    ['2026-03', '2026年3月'],
    ['2026-Q1', '2026年第1季度'],
    [Date.UTC(2026, 2, 1, 16), '2026年3月2日'],
    ['待定', '待定'],
    [null, ''],
  ])('shows %j as %s', (value, expected) => {
    expect(dateCN(value, zone)).toBe(expected);
  });

  it('shows midnight as 00:00', () => {
    expect(dateTimeCN('2026-03-01T16:00:00Z', zone)).toBe('2026年3月2日 00:00');
  });

  it.each([
    [0, '零'],
    [1, '一'],
    [10, '十'],
    [12, '十二'],
    ['20', '二十'],
    [99, '九十九'],
    [100, '100'],
  ])('counts %j as %s', (value, expected) => {
    expect(ordinalCN(value)).toBe(expected);
  });

  it.each([
    [0, '人民币零元整'],
    [0.05, '人民币伍分'],
    [0.5, '人民币伍角整'],
    [10, '人民币壹拾元整'],
    [1200.5, '人民币壹仟贰佰元伍角整'],
    [1001.05, '人民币壹仟零壹元零伍分'],
    [10_000, '人民币壹万元整'],
    [100_001, '人民币壹拾万零壹元整'],
    [100_000_000, '人民币壹亿元整'],
    [1_000_100_010, '人民币壹拾亿零壹拾万零壹拾元整'],
    [-3, '人民币负叁元整'],
    ['多', '多'],
  ])('writes %j as %s', (value, expected) => {
    expect(moneyCN(value)).toBe(expected);
  });
});

describe('deadline in Chinese', () => {
  it.each([
    ['2026-12-10T00:00:00@Asia/Shanghai', '2026年12月9日24:00'],
    ['2026-03-01T00:00:00+08:00', '2026年2月28日24:00'],
    ['2026-03-01T15:30:00@Asia/Shanghai', '2026年3月1日15:30'],
    ['soon', 'soon'],
  ])('shows %s as %s', (value, expected) => {
    const shown = deadlineCN(value, 'Asia/Shanghai');

    expect(shown).toBe(expected);
  });
});
