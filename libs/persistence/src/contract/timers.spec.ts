import { model } from '#testing';
import type { EventOptions } from '#testing';
import { createDeadlineQueries, type OpenTimer } from '../product/deadline-queries.js';
import { verifyDatabase } from '../verify-database.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases, type TestDatabaseKind } from './test-databases.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (text: string): number => Date.parse(text);
const iso = (time: unknown): string => new Date(Number(time)).toISOString();

/** A task that waits; each firing makes another one, whose creation date tells when. */
const reminded = (timer: NonNullable<EventOptions['timer']>) =>
  model('reminded')
    .start()
    .userTask('wait', { form: '' })
    .end()
    .boundary('tick', 'wait', { timer, interrupting: false })
    .userTask('told', { form: '' })
    .end('told-end').xml;
const begun = (cycle: string) =>
  model('begun').start('start', { timer: { cycle } }).userTask('told', { form: '' }).end().xml;

/** A node in Berlin whose clock is moved by hand. */
function watchTimers(open: TestDatabaseKind['open']) {
  let node: TestNode;
  const boot = async (now: string, xml: string) => {
    node = await startNode(open, at(now), { timeZone: 'Europe/Berlin' });
    await node.deploy(xml);
  };
  /** Nothing runs until then. */
  const sleepUntil = async (now: string) => {
    node.now = at(now);
    await node.restart();
    await node.runtime.idle();
  };
  const fired = async () =>
    (await node.rows(`SELECT created_at FROM user_tasks WHERE element_id = 'told' ORDER BY created_at`)).map((row) =>
      iso(row.created_at),
    );
  const due = async () =>
    (
      await node.rows(
        'SELECT due_at FROM timers UNION ALL SELECT due_at FROM start_subscriptions WHERE due_at IS NOT NULL',
      )
    ).map((row) => Number(row.due_at));
  /** Lets the clock stand at each due time in turn. */
  const fireNext = async (times: number): Promise<void> => {
    if (times === 0) return;
    valueOf(await node.runtime.pinClock((await due())[0]!));
    await node.runtime.idle();
    await fireNext(times - 1);
  };
  const pin = async (time: number) => {
    valueOf(await node.runtime.pinClock(time));
    await node.runtime.idle();
  };
  return {
    boot,
    sleepUntil,
    fired,
    due,
    fireNext,
    pin,
    forgetAnchors: () => node.database.writer.query('UPDATE start_subscriptions SET anchor_at = NULL'),
    begin: (id: string) => node.begin(id),
    waiting: () => createDeadlineQueries(node.database).openTimers('0', 10),
    move: ({ processInstanceKey, timerKey }: OpenTimer, dueAt: number) =>
      node.runtime.execute({
        instanceKey: processInstanceKey,
        command: { type: 'rescheduleTimer', timerKey, dueAt, countedFrom: node.now },
      }),
    broken: async () => (await verifyDatabase(node.database)).faults,
    drop: () => node.drop(),
  };
}

describe.each(testDatabases)('timers on $kind', ({ open }) => {
  const timers = watchTimers(open);
  afterEach(() => timers.drop());

  it('fires a date that passed while the server was down once, at restart', async () => {
    await timers.boot('2026-03-02T08:00:00Z', reminded({ date: '2026-03-02T09:00:00Z' }));
    await timers.begin('reminded');

    await timers.sleepUntil('2026-03-04T12:00:00Z');
    await timers.sleepUntil('2026-03-04T13:00:00Z');

    expect(await timers.fired()).toEqual(['2026-03-04T12:00:00.000Z']);
    expect(await timers.due()).toEqual([]);
  });

  it('fires a cycle that was missed four times once, and goes on in its rhythm to its last time', async () => {
    await timers.boot('2026-03-02T08:00:00Z', reminded({ cycle: 'R3/PT1H' }));
    await timers.begin('reminded');

    await timers.sleepUntil('2026-03-02T12:20:00Z');
    const [next] = await timers.due();
    await timers.fireNext(2);

    expect(iso(next)).toBe('2026-03-02T13:00:00.000Z');
    expect(await timers.fired()).toEqual([
      '2026-03-02T12:20:00.000Z',
      '2026-03-02T13:00:00.000Z',
      '2026-03-02T14:00:00.000Z',
    ]);
    expect(await timers.due()).toEqual([]);
  });

  it('fires one that was moved at its new moment alone, and keeps both in the log', async () => {
    await timers.boot('2026-03-02T08:00:00Z', reminded({ duration: 'PT1H' }));
    await timers.begin('reminded');
    const [waiting] = await timers.waiting();

    const moved = await timers.move(waiting!, at('2026-03-02T10:00:00Z'));
    const again = await timers.move(waiting!, at('2026-03-02T11:00:00Z'));
    await timers.pin(at('2026-03-02T09:30:00Z'));
    const early = await timers.fired();
    await timers.pin(at('2026-03-02T10:00:00Z'));

    expect([moved.ok, again.ok]).toEqual([true, false]);
    expect(early).toEqual([]);
    expect(await timers.fired()).toEqual(['2026-03-02T10:00:00.000Z']);
    expect(await timers.waiting()).toEqual([]);
    expect(await timers.broken()).toEqual([]);
  });

  it('starts once for all times that a start event missed, and goes on in its rhythm', async () => {
    await timers.boot('2026-03-02T08:00:00Z', begun('R3/PT1H'));

    await timers.sleepUntil('2026-03-02T12:20:00Z');
    await timers.fireNext(2);

    expect(await timers.fired()).toEqual([
      '2026-03-02T12:20:00.000Z',
      '2026-03-02T13:00:00.000Z',
      '2026-03-02T14:00:00.000Z',
    ]);
    expect(await timers.due()).toEqual([]);
  });

  it.each([
    ['an hour', HOUR, '2026-03-02T09:10:00.000Z', '2026-03-02T09:30:00.000Z'],
    ['a day', DAY, '2026-03-03T08:10:00.000Z', '2026-03-03T08:30:00.000Z'],
  ])('fires once when the clock jumps by %s', async (_, jump, expected, next) => {
    await timers.boot('2026-03-02T08:00:00Z', reminded({ cycle: 'R/PT30M' }));
    await timers.begin('reminded');

    await timers.pin(at('2026-03-02T08:10:00Z') + jump);

    expect(await timers.fired()).toEqual([expected]);
    expect((await timers.due()).map(iso)).toEqual([next]);
  });

  it('waits for the time again when the clock goes back by an hour', async () => {
    await timers.boot('2026-03-02T08:00:00Z', reminded({ duration: 'PT30M' }));
    await timers.begin('reminded');

    await timers.sleepUntil('2026-03-02T07:00:00Z');
    await timers.sleepUntil('2026-03-02T08:29:00Z');
    const early = await timers.fired();
    await timers.sleepUntil('2026-03-02T08:30:00Z');

    expect(early).toEqual([]);
    expect(await timers.fired()).toEqual(['2026-03-02T08:30:00.000Z']);
  });

  it('starts on the last day of each month from January 31', async () => {
    await timers.boot('2026-01-31T09:00:00Z', begun('R/P1M'));

    await timers.fireNext(3);

    expect(await timers.fired()).toEqual([
      '2026-02-28T09:00:00.000Z',
      '2026-03-31T08:00:00.000Z',
      '2026-04-30T08:00:00.000Z',
    ]);
  });

  it('starts on the last day of the month again after months that were missed', async () => {
    await timers.boot('2026-01-31T09:00:00Z', begun('R/P1M'));

    await timers.sleepUntil('2026-04-02T12:00:00Z');
    await timers.fireNext(2);

    expect(await timers.fired()).toEqual([
      '2026-04-02T12:00:00.000Z',
      '2026-04-30T08:00:00.000Z',
      '2026-05-31T08:00:00.000Z',
    ]);
  });

  it('keeps the rhythm of a start event from before its beginning was stored, counted from its next time', async () => {
    await timers.boot('2026-01-31T09:00:00Z', begun('R/P1M'));
    await timers.forgetAnchors();

    await timers.fireNext(3);

    expect(await timers.fired()).toEqual([
      '2026-02-28T09:00:00.000Z',
      '2026-03-28T09:00:00.000Z',
      '2026-04-28T08:00:00.000Z',
    ]);
  });

  it('starts by cron on each side of the change of clocks, once for all nights that were missed', async () => {
    await timers.boot('2026-03-26T12:00:00Z', begun('30 2 * * *'));

    await timers.sleepUntil('2026-03-28T20:00:00Z');
    await timers.fireNext(2);

    expect(await timers.fired()).toEqual([
      '2026-03-28T20:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });
});

describe('rhythms of timers in Berlin', () => {
  const timers = watchTimers(testDatabases[0]!.open);
  afterEach(() => timers.drop());

  it.each([
    [
      'cron at 02:30, which the clocks leave out: an hour later that night',
      '30 2 * * *',
      '2026-03-27T12:00:00Z',
      ['2026-03-28T01:30:00.000Z', '2026-03-29T01:30:00.000Z', '2026-03-30T00:30:00.000Z'],
    ],
    [
      'cron at 02:30, which the clocks repeat: the first time only',
      '30 2 * * *',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z', '2026-10-27T01:30:00.000Z'],
    ],
    [
      'days from 02:30 over the night that leaves it out',
      'R/P1D',
      '2026-03-28T01:30:00Z',
      ['2026-03-29T01:30:00.000Z', '2026-03-30T00:30:00.000Z', '2026-03-31T00:30:00.000Z'],
    ],
    [
      'days from 02:30 over the night that repeats it',
      'R/P1D',
      '2026-10-24T00:30:00Z',
      ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z', '2026-10-27T01:30:00.000Z'],
    ],
    [
      'months from January 31',
      'R/P1M',
      '2026-01-31T09:00:00Z',
      ['2026-02-28T09:00:00.000Z', '2026-03-31T08:00:00.000Z', '2026-04-30T08:00:00.000Z'],
    ],
    [
      'years from February 29',
      'R4/P1Y',
      '2024-02-29T09:00:00Z',
      ['2025-02-28T09:00:00.000Z', '2026-02-28T09:00:00.000Z', '2027-02-28T09:00:00.000Z', '2028-02-29T09:00:00.000Z'],
    ],
  ])('counts %s', async (_, cycle, now, expected) => {
    await timers.boot(now, reminded({ cycle }));
    await timers.begin('reminded');

    await timers.fireNext(expected.length);

    expect(await timers.fired()).toEqual(expected);
  });

  it.each([
    ['a year', 'P1Y', '2024-02-29T09:00:00Z', '2025-02-28T09:00:00.000Z'],
    ['a month', 'P1M', '2026-01-31T09:00:00Z', '2026-02-28T09:00:00.000Z'],
    ['a day in the night that leaves its time out', 'P1D', '2026-03-28T01:30:00Z', '2026-03-29T01:30:00.000Z'],
  ])('waits for %s', async (_, duration, now, expected) => {
    await timers.boot(now, reminded({ duration }));
    await timers.begin('reminded');

    await timers.fireNext(1);

    expect(await timers.fired()).toEqual([expected]);
  });
});
