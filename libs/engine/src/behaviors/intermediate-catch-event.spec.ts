import { model, startRun, traceOf, type EventOptions } from '#testing';

const order = (event: EventOptions) => model('order').start().catchEvent('wait', event).end();
const hour = 3_600_000;

describe('intermediate catch event', () => {
  it('waits for its message and takes its variables', async () => {
    const run = await startRun(order({ message: { name: 'paid', key: '=no' } }), { no: 7 });

    const events = run.correlate('paid', { amount: 3 });

    expect(run.events.find(({ type }) => type === 'messageSubscriptionCreated')).toMatchObject({
      messageName: 'paid',
      correlationKey: '7',
    });
    expect(traceOf(events).slice(0, 4)).toEqual([
      'messageSubscriptionCorrelated',
      'variables amount',
      'wait completing',
      'wait completed',
    ]);
    expect(run.status).toBe('completed');
  });

  it('maps the variables of its message where it says how', async () => {
    const run = await startRun(order({ message: { name: 'paid', key: '=no' }, outputs: { 'bill.sum': '=amount' } }), {
      no: 7,
      bill: { open: true },
    });

    run.correlate('paid', { amount: 3, noise: 1 });

    expect(run.variables()).toEqual({ no: 7, bill: { open: true, sum: 3 } });
  });

  it('waits for a signal', async () => {
    const run = await startRun(order({ signal: 'go' }));

    run.signal('go', { by: 'all' });

    expect(run.variables()).toEqual({ by: 'all' });
  });

  it.each([
    ['a duration', { duration: 'PT1H' }, hour],
    ['a FEEL duration', { duration: '=duration("PT30M")' }, hour / 2],
    ['a date', { date: '2026-03-03T08:00:00+08:00' }, 24 * hour],
    ['a date of the instance time zone', { date: '2026-03-02T09:00:00' }, hour],
    ['a FEEL date and time', { date: '=now() + duration("P1D")' }, 24 * hour],
  ] as const)('waits for %s', async (_name, timer, ms) => {
    const run = await startRun(order({ timer }));

    run.advance(ms - 1);
    const before = run.status;
    run.advance(1);

    expect(before).toBe('active');
    expect(run.status).toBe('completed');
  });

  it('is canceled when its scope is terminated', async () => {
    const run = await startRun(order({ timer: { duration: 'PT1H' } }));

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.trace()).toContain('timerCanceled');
    expect(run.live.timers.size).toBe(0);
  });

  it('stops where its timer is no duration, and is tried again', async () => {
    const run = await startRun(order({ timer: { duration: '=wait' } }), { wait: 'soon' });
    const stuck = run.incidents();

    run.perform({
      type: 'setVariables',
      scopeKey: run.live.processInstanceKey,
      variables: { wait: 'PT1H' },
      local: true,
    });
    run.resolveIncident('wait');
    run.advance(hour);

    expect(stuck).toEqual(['wait EXTRACT_VALUE_ERROR']);
    expect(run.status).toBe('completed');
  });

  it('refuses a message for a subscription that is closed', async () => {
    const run = await startRun(order({ timer: { duration: 'PT1H' } }));

    const rejection = run.rejectionOf({
      type: 'correlateMessage',
      subscriptionKey: '99',
      messageKey: '1',
      variables: {},
    });

    expect(rejection).toEqual({
      code: 'notFound',
      message: 'Expected message subscription 99 to be open in this process instance but it is not.',
    });
  });

  it('is interrupted by an event sub-process of its scope', async () => {
    const run = await startRun(
      order({ timer: { duration: 'PT1H' } }).eventSubProcess('stop', (inner) =>
        inner.start('heard', { signal: 'stop' }).end('stopped'),
      ),
    );

    run.signal('stop');

    expect(run.flowsTaken()).toEqual(['start->wait', 'heard->stopped']);
    expect(run.live.timers.size).toBe(0);
    expect(run.status).toBe('completed');
  });
});
