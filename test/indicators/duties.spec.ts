import { beforeAll, describe, expect, it } from '@jest/globals';
import { PackFigures, type Row } from './figures.js';

const midnight = (day: string) => `${day}T00:00:00+08:00`;
const hour = (time: string) => `${time}:00+08:00`;
const march = { period: '2026-03', now: '2026-04-10T09:00' };
const quarter = { period: '2026-Q1', now: '2026-04-10T09:00' };

describe('figures of duties and of what is learned', () => {
  let figures: PackFigures;
  beforeAll(async () => {
    figures = await PackFigures.open();
  });

  it('counts ratings in the month of the reply that they rate, whenever they come (R06)', () => {
    const deliveredAt = hour('2026-03-20T09:00');
    const rated = (variables: object, started = '2026-04-02T09:00'): Row => ({
      process: 'xf_evaluation',
      started,
      variables: { deliveredAt, wish: 'solve', ...variables },
    });
    const rows: readonly Row[] = [
      { variables: { nature: 'C', deliveredAt }, times: 6 },
      { variables: { nature: 'C', deliveredAt: null } },
      { variables: { nature: 'B', deliveredAt } },
      rated({}),
      rated({}),
      rated({ deliveredAt: null }, '2026-03-28T09:00'),
      rated({ deliveredAt: hour('2026-02-20T09:00') }, '2026-03-01T09:00'),
      rated({ wish: 'discipline' }),
    ];

    expect(figures.share('R06', { rows, ...march })).toBe('2/6 = 33.3%');
  });

  it('counts what was delivered anew as a reply of its own (R06)', () => {
    const deliveredAt = hour('2026-03-20T09:00');
    const rows: readonly Row[] = [
      { variables: { nature: 'C', deliveredAt: hour('2026-01-20T09:00') }, times: 4, redos: [{ deliveredAt }] },
      { variables: { nature: 'C' }, redos: [{ deliveredAt }, { deliveredAt: null }] },
      { process: 'xf_evaluation', variables: { deliveredAt, wish: 'solve' } },
    ];

    expect(figures.share('R06', { rows, ...march })).toBe('1/5 = 20%');
  });

  it('counts the satisfied with process and outcome apart; an answer in the middle is not satisfied (R07)', () => {
    const rating = (scoreProcess: number, scoreOutcome: number, more: object = {}): Row => ({
      started: '2026-03-20T09:00',
      variables: { scoreProcess, scoreOutcome, ...more },
    });
    const rows = [rating(1, 1), rating(2, 1), rating(3, 2), rating(4, 2), rating(5, 2), rating(2, 5)];
    const all = [...rows, rating(1, 1, { wish: 'discipline' }), { ...rating(1, 1), drill: true }];

    expect(figures.share('R07P', { rows: all, ...march })).toBe('3/6 = 50%');
    expect(figures.share('R07O', { rows: all, ...march })).toBe('5/6 = 83.3%');
  });

  it('counts promises that were proven done by their day (R11)', () => {
    const promiseDue = midnight('2026-03-21');
    const kept = (time: string): Row => ({
      variables: { promiseDue },
      steps: { keepPromise: ['2026-03-01T09:00', time] },
    });
    const rows: readonly Row[] = [
      { ...kept('2026-03-20T17:00'), times: 4 },
      kept('2026-03-21T09:00'),
      { variables: { promiseDue }, steps: { keepPromise: ['2026-03-01T09:00'] } },
      { variables: { promiseDue: midnight('2026-04-30') } },
      { variables: { promiseDue }, drill: true },
    ];

    expect(figures.share('R11', { rows, ...march })).toBe('4/6 = 66.7%');
  });

  it('counts reviews that changed or revoked, of those decided (R12)', () => {
    const decided = (reviewConclusion: string, step = 'decideReview'): Row => ({
      variables: { reviewConclusion },
      steps: { [step]: ['2026-03-02T09:00', '2026-03-20T09:00'] },
    });
    const rows: readonly Row[] = [
      { ...decided('maintain'), times: 4 },
      decided('change'),
      decided('redo', 'signOwn'),
      { ...decided('notAccepted'), times: 2 },
      { steps: { decideReview: ['2026-03-02T09:00'] } },
    ];

    expect(figures.share('R12', { rows, ...march })).toBe('2/6 = 33.3%');
  });

  it('counts supervisions that were answered each time, and no mere reminder (R13)', () => {
    const step = { level: 'S3', unit: 'hr', sheetDue: midnight('2026-03-13') };
    const sheet = (...supervisedSteps: readonly object[]): Row => ({ variables: { supervisedSteps } });
    const rows: readonly Row[] = [
      { ...sheet(step), times: 4 },
      sheet({ ...step, late: true }, { ...step, unit: 'finance' }, { ...step, late: true, unit: 'safety' }),
      sheet({ level: 'S2', unit: 'hr' }),
      sheet({ ...step, sheetDue: midnight('2026-04-15') }),
      { ...sheet({ ...step, late: true }), drill: true },
    ];

    expect(figures.share('R13', { rows, ...march })).toBe('5/7 = 71.4%');
  });

  it('counts sessions held by who was planned or by who was found before they began, also without a visitor (R15)', () => {
    const startsAt = hour('2026-03-02T09:00');
    const held = (variables: object): Row => ({
      variables: { startsAt, leaderCame: true, ...variables },
      steps: { receiveVisitor: ['2026-03-02T09:00'] },
    });
    const rows: readonly Row[] = [
      { ...held({ visitors: [] }), times: 3 },
      held({ substitutedAt: hour('2026-03-02T08:40') }),
      held({ substitutedAt: hour('2026-03-02T09:05') }),
      held({ leaderCame: false }),
      { variables: { startsAt } },
      { variables: { startsAt: hour('2026-04-13T09:00') } },
    ];

    expect(figures.share('R15', { rows, ...march })).toBe('4/7 = 57.1%');
  });

  it('counts each measure of an owned matter at its own day (R16)', () => {
    const measures = [{ due: '2026-03-10' }, { due: '2026-03-20' }, { due: '2026-03-25' }, { due: '2026-04-30' }];
    const rows: readonly Row[] = [
      {
        variables: {
          measures,
          measuresDone: [
            { no: 1, at: hour('2026-03-10T17:00') },
            { no: 2, at: hour('2026-03-21T09:00') },
          ],
        },
      },
      {
        variables: {
          measures: measures.slice(0, 3),
          measuresDone: [1, 2, 3].map((no) => ({ no, at: hour('2026-03-05T09:00') })),
        },
      },
      { variables: { measures: null } },
    ];

    expect(figures.share('R16', { rows, ...march })).toBe('4/6 = 66.7%');
  });

  it('counts units that met and reported in the month, also where there was nothing to report (R17)', () => {
    const monthEnd = midnight('2026-04-01');
    const rows: readonly Row[] = [
      { variables: { monthEnd, reported: true, meetingHeld: true, zeroReport: true }, times: 5 },
      { variables: { monthEnd, reported: true, meetingHeld: false } },
      { variables: { monthEnd, reported: false } },
      { variables: { monthEnd: midnight('2026-05-01') } },
    ];

    expect(figures.share('R17', { rows, ...march })).toBe('5/7 = 71.4%');
  });

  it('counts disputes resolved of those due, and one that comes along to the next month once (R17)', () => {
    const screening = (month: string, items: readonly object[]): Row => ({ variables: { month, rows: items } });
    const rows = [
      screening('2026-03', [
        { due: '2026-03-20', stage: 'resolved' },
        { due: '2026-03-25', stage: 'handling' },
        { due: '2026-03-26', stage: 'found' },
        { due: '2026-03-31', stage: 'resolved' },
        // Comes along from February.
        { due: '2026-02-20', stage: 'handling' },
        { due: '2026-04-05', stage: 'resolved' },
        { due: '2026-04-20', stage: 'handling' },
        { due: null, stage: 'handling' },
      ]),
      screening('2026-02', [{ due: '2026-03-10', stage: 'resolved' }]),
    ];

    expect(figures.share('R17R', { rows, ...march })).toBe('3/5 = 60%');
    expect(figures.share('R17R', { rows, period: '2026-04', now: '2026-04-10T09:00' })).toBe('1/1 counts');
  });

  it('counts first reports that went out, signed, by their hour; no drill and no ordinary visit (R18)', () => {
    const firstReportDue = hour('2026-03-02T11:00');
    const written = ['2026-03-02T09:00', '2026-03-02T10:30'] as const;
    const issued = (time: string): Row => ({
      variables: { firstReportDue },
      steps: { firstReport: written, issueFirstReport: [time, time] },
    });
    const rows: readonly Row[] = [
      { ...issued('2026-03-02T10:50'), times: 5 },
      // Written in time, and signed when it was too late.
      issued('2026-03-02T11:20'),
      { variables: { firstReportDue }, steps: { firstReport: ['2026-03-02T09:00'] } },
      { ...issued('2026-03-02T10:50'), drill: true },
      { variables: { firstReportDue }, steps: { endOrdinary: written } },
    ];

    expect(figures.share('R18', { rows, ...march })).toBe('5/7 = 71.4%');
  });

  it('counts what was adopted of the proposals answered, and none of accountability (R19)', () => {
    const answered = (adopted: string, proposalKind = 'improve'): Row => ({
      variables: { proposalKind, adopted, answeredAt: hour('2026-03-20T09:00') },
    });
    const rows = [
      answered('adopted'),
      answered('adopted'),
      answered('partAdopted'),
      answered('notAdopted'),
      answered('notAdopted'),
      answered('adopted', 'accountability'),
      { variables: { proposalKind: 'improve', answeredAt: null } },
    ];

    expect(figures.share('R19', { rows, ...quarter })).toBe('3/5 = 60%');
  });

  it('counts what was answered by its day of the proposals issued (R19)', () => {
    const issued = (answeredAt: string | null): Row => ({
      variables: {
        proposalKind: 'improve',
        issuedAt: hour('2026-02-20T09:00'),
        feedbackDue: '2026-03-22',
        answeredAt: answeredAt === null ? null : hour(answeredAt),
      },
    });
    const rows: readonly Row[] = [
      { ...issued('2026-03-22T23:00'), times: 4 },
      issued('2026-03-23T00:10'),
      issued(null),
      { variables: { proposalKind: 'improve', issuedAt: null, feedbackDue: '2026-03-22' } },
    ];

    expect(figures.share('R19B', { rows, ...quarter })).toBe('4/6 = 66.7%');
  });

  it('counts reports of retaliation that were taken up within a day, and those found true (R20)', () => {
    const acceptDue = hour('2026-03-03T09:00');
    const taken = (acceptedAt: string | null, protectionFinding: string | null): Row => ({
      variables: {
        acceptDue,
        acceptedAt: acceptedAt === null ? null : hour(acceptedAt),
        protectionFinding,
        concludedAt: protectionFinding === null ? null : hour('2026-03-20T09:00'),
      },
    });
    const rows = [
      taken('2026-03-02T15:00', 'confirmed'),
      taken('2026-03-02T15:00', 'confirmed'),
      taken('2026-03-02T15:00', 'partly'),
      taken('2026-03-03T09:00', 'unfounded'),
      taken('2026-03-03T09:01', 'unfounded'),
      taken(null, null),
    ];

    expect(figures.share('R20', { rows, ...march })).toBe('4/6 = 66.7%');
    expect(figures.share('R20C', { rows, ...march })).toBe('3/5 = 60%');
  });
});

describe('declarations of figures', () => {
  let figures: PackFigures;
  beforeAll(async () => {
    figures = await PackFigures.open();
  });
  const declared = () => figures.set.readModel.indicators.map(({ declaration }) => declaration);
  const ids = (kept: (one: ReturnType<typeof declared>[number]) => boolean) =>
    declared()
      .filter(kept)
      .map(({ id }) => id);

  it('are there for every one of the twenty', () => {
    const numbers = new Set(ids(() => true).map((id) => id.slice(0, 3)));

    expect([...numbers].sort()).toEqual(
      Array.from({ length: 20 }, (_, index) => `R${String(index + 1).padStart(2, '0')}`),
    );
  });

  it('give no rate of fewer than five', () => {
    expect(figures.set.parameters['suppressCell']?.value).toBe(5);
    expect(ids(({ suppress }) => suppress !== 'suppressCell')).toEqual([]);
  });

  it('set a goal for duties alone, never for what is learned from', () => {
    expect(ids(({ target }) => target !== undefined)).toEqual([
      'R02',
      'R03',
      'R10',
      'R13',
      'R16',
      'R17',
      'R18',
      'R19B',
      'R20',
    ]);
    expect(ids(({ target }) => target !== undefined && 'atMost' in target)).toEqual([]);
  });

  it('show those of protection to the committee alone', () => {
    const readersOf = (id: string) => figures.entry(id).declaration.readers;

    expect([readersOf('R20'), readersOf('R20C')]).toEqual([
      [{ roles: ['discipline_committee'] }],
      [{ roles: ['discipline_committee'] }],
    ]);
  });
});
