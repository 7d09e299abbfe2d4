import { countedText, dueText, endText, lampOf, remainingText, spanText } from './deadline.js';

const now = Date.parse('2026-11-23T09:00:00+08:00');

describe('deadline', () => {
  it('tells what remains in its two largest units', () => {
    const due = Date.parse('2026-11-26T13:20:00+08:00');

    expect(remainingText(due, now, 'zh')).toBe('还剩 3 天 4 小时');
    expect(remainingText(due, now, 'en')).toBe('3 d 4 h left');
  });

  it('is overdue from the moment at which it ends, as its lamp is', () => {
    expect(remainingText(1_000, 1_000, 'zh')).toBe('已超期 不到 1 分钟');
    expect(lampOf(0, 1_000, 1_000)).toBe('overdue');
  });

  it('tells by how much it is overdue', () => {
    const due = Date.parse('2026-11-23T07:00:00+08:00');

    expect(remainingText(due, now, 'zh')).toBe('已超期 2 小时');
  });

  it('names the last minute in words', () => {
    expect(spanText(30_000, 'zh')).toBe('不到 1 分钟');
  });

  it('shows midnight as 24:00 of the day before', () => {
    const due = Date.parse('2026-11-29T00:00:00+08:00');

    expect(dueText(due, now, 'zh')).toBe('11月28日 24:00前');
    expect(dueText(due, now, 'en')).toBe('by 28 Nov 24:00');
    expect(endText(due, 'zh', now)).toBe('11月28日 24:00');
  });

  it('tells the last millisecond of a day as its 24:00, any other moment as it is', () => {
    expect(countedText('2026-11-22T23:59:59.999+08:00', 'zh', now)).toBe('11月22日 24:00');
    expect(countedText('2026-11-22T23:59:00.000+08:00', 'zh', now)).toBe('11月22日 23:59');
    expect(countedText('2026-11-22T10:00:00.000+08:00', 'zh', now)).toBe('11月22日 10:00');
  });

  it('names the year when it is another one', () => {
    const due = Date.parse('2027-01-08T18:30:00+08:00');

    expect(dueText(due, now, 'zh')).toBe('2027年1月8日 18:30前');
  });

  it('turns near at half, urgent at four fifths and overdue at the end of the time', () => {
    const lamps = [0, 50, 80, 100].map((at) => lampOf(0, 100, at));

    expect(lamps).toEqual(['normal', 'near', 'urgent', 'overdue']);
  });
});
