import { evenMoments, lampOf } from './task-rows.js';

const HOUR = 3_600_000;

describe('lamp of a deadline', () => {
  it.each([
    [0, 'normal'],
    [49, 'normal'],
    [50, 'near'],
    [79, 'near'],
    [80, 'urgent'],
    [99, 'urgent'],
    [100, 'overdue'],
    [500, 'overdue'],
  ])('after %i %% of the time is %s', (percent, lamp) => {
    const at = (percent / 100) * 10 * HOUR;

    const shown = lampOf(evenMoments(0, 10 * HOUR), at);

    expect(shown).toBe(lamp);
  });

  it('is normal where there is no deadline', () => {
    const shown = lampOf({ dueAt: null, nearAt: null, urgentAt: null }, 99 * HOUR);

    expect(shown).toBe('normal');
  });
});
