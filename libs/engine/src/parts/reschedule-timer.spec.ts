import { replay } from '#engine';
import { model, startRun, type EventOptions, type Run } from '#testing';
import { recomputedDue } from './timers.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const order = (timer: NonNullable<EventOptions['timer']> = { duration: 'P3D' }, interrupting = true) =>
  model('order').start().userTask('check').end().boundary('late', 'check', { timer, interrupting }).end('tooLate');
const timerOf = (run: Run) => [...run.live.timers][0]!;

describe('a timer whose date is computed again', () => {
  it('fires at the new moment and not at the old one', async () => {
    const run = await startRun(order());
    const [timerKey, { dueAt }] = timerOf(run);

    run.perform({ type: 'rescheduleTimer', timerKey, dueAt: dueAt + DAY, countedFrom: run.now });
    run.advance(3.5 * DAY);
    const waiting = run.activeElements();
    run.advance(DAY);

    expect(waiting).toEqual(['check']);
    expect(run.flowsTaken()).toEqual(['start->check', 'late->tooLate']);
    expect(replay(run.events)).toEqual(run.live);
  });

  it('says in the log what it stands for and where it counts from', async () => {
    const run = await startRun(order());
    const [timerKey, { dueAt }] = timerOf(run);
    const countedFrom = run.now;

    const events = run.perform({ type: 'rescheduleTimer', timerKey, dueAt: dueAt - DAY, countedFrom });

    expect(events).toEqual([
      expect.objectContaining({ type: 'timerCanceled', timerKey }),
      expect.objectContaining({
        type: 'timerCreated',
        elementId: 'late',
        dueAt: dueAt - DAY,
        replaces: { timerKey, dueAt, countedFrom },
      }),
    ]);
  });

  it('comes before whoever is about to fire the earlier one', async () => {
    const run = await startRun(order());
    const [timerKey, { dueAt }] = timerOf(run);

    run.perform({ type: 'rescheduleTimer', timerKey, dueAt: dueAt + DAY, countedFrom: run.now });

    expect(run.rejectionOf({ type: 'triggerTimer', timerKey })?.code).toBe('notFound');
  });

  it('does not move twice, nor where it came due already', async () => {
    const run = await startRun(order());
    const [timerKey, { dueAt }] = timerOf(run);
    const countedFrom = run.now;

    const same = run.rejectionOf({ type: 'rescheduleTimer', timerKey, dueAt, countedFrom });
    run.now = dueAt;
    const late = run.rejectionOf({ type: 'rescheduleTimer', timerKey, dueAt: dueAt + DAY, countedFrom });
    const unknown = run.rejectionOf({ type: 'rescheduleTimer', timerKey: '7', dueAt, countedFrom });

    expect([same, late, unknown].map((one) => one?.code)).toEqual(['conflict', 'conflict', 'notFound']);
  });

  it('keeps its rhythm where it is a cycle', async () => {
    const run = await startRun(order({ cycle: 'R/PT1H' }, false));
    const [timerKey, { dueAt }] = timerOf(run);

    const refused = run.rejectionOf({ type: 'rescheduleTimer', timerKey, dueAt: dueAt + DAY, countedFrom: run.now });

    expect(refused?.code).toBe('invalidArgument');
  });

  it('moves while its instance is suspended, unless it came due meanwhile', async () => {
    const run = await startRun(order());
    run.perform({ type: 'suspendProcessInstance' });
    const [first, { dueAt }] = timerOf(run);
    run.perform({ type: 'rescheduleTimer', timerKey: first, dueAt: dueAt + DAY, countedFrom: run.now });
    const [second] = timerOf(run);
    run.perform({ type: 'triggerTimer', timerKey: second });

    const refused = run.rejectionOf({ type: 'rescheduleTimer', timerKey: second, dueAt, countedFrom: run.now });

    expect(refused?.code).toBe('conflict');
  });
});

describe('the date of a timer by another calendar', () => {
  const dueOf = async (timer: Parameters<typeof order>[0]) => {
    const { definition, now } = await startRun(order(timer));
    const late = definition.elements[definition.indexById.get('late')!]!;
    const functions = { 'term days': { parameters: [], invoke: () => 5 } };
    const due = recomputedDue(late, 0, { now, timeZone: 'Asia/Shanghai', functions });
    return due === undefined ? undefined : due - now;
  };

  it.each([
    ['a moment that counts from now', { date: '=now() + duration("P1D") * term days()' }, 5 * DAY],
    ['a duration of the parameters', { duration: '=duration("PT" + string(term days()) + "H")' }, 5 * HOUR],
  ])('is %s', async (_kind, timer, after) => {
    expect(await dueOf(timer)).toBe(after);
  });

  it.each([
    ['follows from data', { date: '=date and time(startsAt)' }],
    ['stands in the diagram', { duration: 'P3D' }],
    ['has a rhythm', { cycle: '="R/PT" + string(term days()) + "H"' }],
  ])('is not asked for where it %s', async (_kind, timer) => {
    expect(await dueOf(timer)).toBeUndefined();
  });
});
