import { beforeAll, describe, expect, it } from '@jest/globals';
import { PackFigures, type Row } from './figures.js';

const of = (variables: Readonly<Record<string, unknown>>, more: Omit<Row, 'variables'> = {}): Row => ({
  variables: { nature: 'C', leadUnit: 'hr', previous: 'first', ...variables },
  ...more,
});
const midnight = (day: string) => `${day}T00:00:00+08:00`;
const hour = (time: string) => `${time}:00+08:00`;
const inTime = { replyDue: midnight('2026-03-11'), repliedAt: hour('2026-03-09T10:00') };

/** Cases whose reply was due in March 2026, and those around them that do not count. */
const due: readonly Row[] = [
  of(inTime, { times: 4 }),
  of({ ...inTime, repliedAt: hour('2026-03-12T10:00') }),
  // Extended before the first term was over, and replied within the new one.
  of({
    oldReplyDue: midnight('2026-03-05'),
    replyDue: midnight('2026-03-26'),
    extended: true,
    repliedAt: hour('2026-03-20T10:00'),
  }),
  of({ ...inTime, previous: 'again' }),
  // Due with the end of the last day of March, and replied in its last hour.
  of({ replyDue: midnight('2026-04-01'), repliedAt: hour('2026-03-31T23:00') }),
  of({ ...inTime, previous: null, anonymous: true }),
  // Nothing was replied: withdrawn after the day on which it was due, and suspended for long.
  of({ replyDue: midnight('2026-03-11'), withdrawnAt: hour('2026-03-13T09:00') }),
  of({ replyDue: midnight('2026-03-11') }, { state: 'SUSPENDED' }),
  // Not counted: withdrawn in time, an accusation, a drill, not accepted yet, not due yet.
  of({ replyDue: midnight('2026-03-11'), withdrawnAt: hour('2026-03-10T09:00') }),
  of({ replyDue: midnight('2026-03-11'), nature: 'B' }),
  of({ replyDue: midnight('2026-03-11') }, { drill: true }),
  of({}),
  of({ replyDue: midnight('2026-04-16') }),
  // Withdrawn in the term as it was extended, when the first one was over.
  of({
    oldReplyDue: midnight('2026-03-05'),
    replyDue: midnight('2026-04-25'),
    extended: true,
    withdrawnAt: hour('2026-03-15T09:00'),
  }),
];
const march = { period: '2026-03', now: '2026-04-10T09:00' };

describe('figures of cases', () => {
  let figures: PackFigures;
  beforeAll(async () => {
    figures = await PackFigures.open();
  });

  it('counts replies by the day due among those of a first petition, an approved extension included (R01)', () => {
    expect(figures.share('R01', { rows: due, ...march })).toBe('7/10 = 70%');
  });

  it('counts replies by the day due, an approved extension included (R03)', () => {
    expect(figures.share('R03', { rows: due, ...march })).toBe('8/11 = 72.7%');
  });

  it('counts them without the extension in the period of the first term, also where it was withdrawn later (R03)', () => {
    expect(figures.share('R03N', { rows: due, ...march })).toBe('7/12 = 58.3%');
  });

  it('counts extensions against what was due (R04)', () => {
    expect(figures.share('R04', { rows: due, ...march })).toBe('1/11 = 9.1%');
  });

  it('counts what was taken up again by its own term and unit: after a withdrawal in time, and once more after a review', () => {
    const resumed = { leadUnit: 'union', replyDue: midnight('2026-03-21') };
    const rows = [
      of(inTime, { times: 2 }),
      // Withdrawn in time, and replied late once it was taken up again.
      of(
        { replyDue: midnight('2026-02-11'), withdrawnAt: hour('2026-02-05T09:00') },
        { redos: [{ ...resumed, repliedAt: hour('2026-03-25T09:00') }] },
      ),
      // Replied in time, and in time again, by another unit.
      of(
        { replyDue: midnight('2026-02-11'), repliedAt: hour('2026-02-09T10:00'), extended: true },
        { redos: [{ ...resumed, repliedAt: hour('2026-03-20T09:00') }] },
      ),
      of({ replyDue: midnight('2026-02-11'), repliedAt: hour('2026-02-09T10:00') }, { redos: [{ ...resumed }] }),
    ];

    expect(['R01', 'R03', 'R03N'].map((id) => figures.share(id, { rows, ...march }))).toEqual(
      Array(3).fill('3/5 = 60%'),
    );
    expect(figures.share('R04', { rows, ...march })).toBe('0/5 = 0%');
    expect(figures.share('R04', { rows, ...march, period: '2026-02' })).toBe('1/2 counts');
    expect(figures.units('R03', { rows, ...march })).toEqual(['hr', 'hr', 'union', 'union', 'union']);
  });

  it('says neither kept nor missed of what is not due yet', () => {
    expect(figures.share('R03', { rows: due, period: '2026-04', now: '2026-04-10T09:00' })).toBe('0/0 none');
    expect(figures.share('R03', { rows: due, period: '2026-04', now: '2026-04-16T09:00' })).toBe('0/1 counts');
  });

  it('counts what was accepted or told where it goes by the day of notice, where it can be told at all (R02)', () => {
    const noticeDue = midnight('2026-03-17');
    const acceptedOn = (day: string) => ({ steps: { accepted: [day, day] as const } });
    const rows = [
      of({ noticeDue }, { times: 4, ...acceptedOn('2026-03-10T09:00') }),
      of({ noticeDue }, { steps: { notified: ['2026-03-16T16:00', '2026-03-16T17:00'] } }),
      of({ noticeDue }, acceptedOn('2026-03-17T09:00')),
      of({ noticeDue }, { steps: { questionTaken: ['2026-03-10T09:00', '2026-03-10T09:00'] } }),
      of({ noticeDue }),
      of({ noticeDue, contactUnclear: true, channel: 'web' }, acceptedOn('2026-03-10T09:00')),
      of({ noticeDue, contactUnclear: true, channel: 'letter', preferredContact: 'letter' }),
      of({ noticeDue, withdrawnAt: hour('2026-03-12T09:00') }),
      of({ noticeDue, nature: 'B' }),
      of({ noticeDue: midnight('2026-04-20') }),
    ];

    expect(figures.share('R02', { rows, ...march })).toBe('7/9 = 77.8%');
  });

  const delivered = (days: number, more: Readonly<Record<string, unknown>> = {}) => {
    const deliveredAt = Date.parse(hour('2026-03-20T09:00'));
    const acceptedAt = new Date(deliveredAt - days * 86_400_000).toISOString();
    return of({ acceptedAt, deliveredAt: hour('2026-03-20T09:00'), ...more });
  };

  it('means the calendar days from acceptance to delivery (R05)', () => {
    const rows = [
      ...[10, 20, 30, 30, 60].map((days) => delivered(days)),
      delivered(90, { nature: 'B' }),
      { ...delivered(90), drill: true },
      delivered(90, { acceptedAt: null }),
      { ...delivered(90, { deliveredAt: null }), redos: [{ acceptedAt: null, deliveredAt: null }] },
      {
        ...delivered(90, { deliveredAt: null }),
        redos: [{ acceptedAt: hour('2026-03-01T09:00'), deliveredAt: hour('2026-03-31T09:00') }],
      },
    ];

    expect(figures.figure('R05', { rows, ...march })).toMatchObject({ state: 'shown', denominator: 6, mean: 30 });
    expect(figures.figure('R05', { rows: rows.slice(2), ...march })).toMatchObject({ state: 'counts', mean: null });
  });

  it('counts who came again after a reply, by cause (R08)', () => {
    const again = (repeatCause: string) => of({ repeatCause, registeredAt: hour('2026-03-25T09:00') });
    const rows = [
      of({ repliedAt: hour('2026-03-09T10:00') }, { times: 10 }),
      again('unclear'),
      again('unclear'),
      again('unkept'),
      again('disagrees'),
      { ...again('newFacts'), drill: true },
      of({ repeatCause: 'unclear', registeredAt: hour('2026-04-02T09:00') }),
    ];
    const share = (id: string) => figures.share(id, { rows, ...march });

    expect(share('R08')).toBe('4/10 = 40%');
    expect(['R08A', 'R08B', 'R08C', 'R08D'].map(share)).toEqual([
      '2/10 = 20%',
      '1/10 = 10%',
      '0/10 = 0%',
      '1/10 = 10%',
    ]);
  });

  it('counts what was replied anew as a reply of its own, in its unit (R08)', () => {
    const anew = { redos: [{ leadUnit: 'safety', repliedAt: hour('2026-03-20T10:00') }, { leadUnit: 'hr' }] };
    const rows = [
      of({ repliedAt: hour('2026-02-09T10:00') }, { times: 5, ...anew }),
      of({ repliedAt: null, withdrawnAt: hour('2026-02-09T10:00') }, anew),
      of({ repeatCause: 'unkept', registeredAt: hour('2026-03-25T09:00') }),
    ];

    expect(figures.share('R08', { rows, ...march })).toBe('1/6 = 16.7%');
    expect(figures.share('R08B', { rows, ...march })).toBe('1/6 = 16.7%');
    expect(figures.units('R08', { rows: rows.slice(1), ...march })).toEqual(['safety', 'hr']);
  });

  it('counts what came to rest ninety days after it was delivered (R09)', () => {
    const deliveredAt = hour('2025-12-10T09:00');
    const again = (registeredAt: string | null, more: object = {}): Omit<Row, 'variables'> => ({
      repeats: [{ nature: 'C', repeatCause: 'unkept', registeredAt: registeredAt && hour(registeredAt), ...more }],
    });
    const rows = [
      of({ deliveredAt }, { times: 5 }),
      of({ deliveredAt }, { reviews: ['2026-01-09T09:00'] }),
      of({ deliveredAt }, { reviews: ['2026-03-11T09:00'] }),
      of({ deliveredAt: hour('2026-01-20T09:00') }),
      of({ deliveredAt, nature: 'B' }),
      // Came again within ninety days, and after them.
      of({ deliveredAt }, again('2026-02-01T09:00')),
      of({ deliveredAt }, again('2026-03-11T09:00')),
      // Named, and nothing came again: before the reply, not registered, an accusation, of another kind.
      of({ deliveredAt }, again('2025-12-01T09:00')),
      of({ deliveredAt }, again(null)),
      of({ deliveredAt }, again('2026-02-01T09:00', { nature: 'B' })),
      of({ deliveredAt }, again('2026-02-01T09:00', { repeatCause: null })),
    ];

    expect(figures.share('R09', { rows, ...march })).toBe('11/13 = 84.6%');
    expect(figures.share('R09', { rows: rows.slice(5), ...march })).toBe('5/6 = 83.3%');
    expect(figures.share('R09', { rows: rows.slice(5, 8), ...march })).toBe('2/3 counts');
  });

  it('counts what was replied anew by its own ninety days and unit (R09)', () => {
    const first = { deliveredAt: hour('2025-12-10T09:00') };
    const anew = { redos: [{ leadUnit: 'safety', deliveredAt: hour('2025-12-20T09:00') }] };
    const rows = [
      of(first, { times: 4, reviews: ['2025-12-12T09:00'], ...anew }),
      of({ deliveredAt: null }, anew),
      of({ deliveredAt: null }, { redos: [{ leadUnit: 'safety', deliveredAt: null }] }),
    ];

    expect(figures.share('R09', { rows, ...march })).toBe('5/9 = 55.6%');
    expect(figures.units('R09', { rows: rows.slice(1), ...march })).toEqual(['safety']);
  });

  it('counts what was registered by the end of the next working day (R10)', () => {
    const received = (receivedAt: string, registeredAt: string | null) =>
      of({ receivedAt: hour(receivedAt), registeredAt: registeredAt === null ? null : hour(registeredAt) });
    const rows = [
      { ...received('2026-03-02T10:00', '2026-03-03T17:00'), times: 4 },
      received('2026-03-02T10:00', '2026-03-04T09:00'),
      // Friday, and the Monday after.
      received('2026-03-06T10:00', '2026-03-09T17:00'),
      of({ registeredAt: hour('2026-03-10T10:00') }),
      received('2026-03-02T10:00', null),
      { ...received('2026-03-02T10:00', null), drill: true },
      of({}),
    ];

    expect(figures.share('R10', { rows, ...march })).toBe('6/8 = 75%');
  });

  describe('of the anonymous and the named', () => {
    const year = { period: '2026', now: '2027-01-10T09:00' };
    const late = { ...inTime, repliedAt: hour('2026-03-12T10:00') };
    const pair = (anonymous: number, missed: number): readonly Row[] => [
      of({ ...inTime, anonymous: true }, { times: anonymous - missed }),
      of({ ...late, anonymous: true }, { times: missed }),
      of({ ...inTime, anonymous: false }, { times: anonymous }),
    ];

    it('are looked into where they are more than five points apart (R14)', () => {
      expect(figures.figure('R14', { rows: pair(5, 1), ...year })).toMatchObject({ difference: -20, isAlert: true });
      expect(figures.figure('R14', { rows: pair(20, 1), ...year })).toMatchObject({ difference: -5, isAlert: false });
    });

    it('are not told where there are fewer than five of one (R14)', () => {
      const rows = [...pair(4, 1), of({ ...inTime, anonymous: false }, { times: 9 })];

      expect(figures.figure('R14', { rows, ...year })).toMatchObject({ state: 'hidden', denominator: null });
    });

    it('are compared in days, too (R14)', () => {
      const rows = [10, 20, 30, 30, 60].flatMap((days) => [
        delivered(days, { anonymous: true }),
        delivered(days - 2, { anonymous: false }),
      ]);

      expect(figures.figure('R14D', { rows, ...year })).toMatchObject({ difference: 2, isAlert: false });
    });
  });
});
