import { isoFromLocal, localFromIso, momentText, stopwatchText } from './time.js';

describe('time', () => {
  it('reads an instant on the clock of Shanghai whatever its offset', () => {
    const now = Date.parse('2026-11-23T09:00:00+08:00');

    expect(momentText('2026-11-23T01:05:00Z', 'zh', now)).toBe('11月23日 09:05');
  });

  it('reads a moment that names its zone', () => {
    const now = Date.parse('2026-11-23T09:00:00+08:00');

    expect(momentText('2026-11-23T09:05:00+08:00@Asia/Shanghai', 'zh', now)).toBe('11月23日 09:05');
  });

  it('shows nothing for a missing instant', () => {
    expect(momentText(null, 'zh')).toBe('');
  });

  it('keeps a typed local time through ISO and back', () => {
    expect(localFromIso(isoFromLocal('2026-11-23T09:05'))).toBe('2026-11-23T09:05');
  });

  it('counts hours only when there are any', () => {
    expect(stopwatchText(3_723_000)).toBe('1:02:03');
    expect(stopwatchText(123_000)).toBe('02:03');
    expect(stopwatchText(-5)).toBe('00:00');
  });
});
