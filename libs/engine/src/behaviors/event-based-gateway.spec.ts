import { model, startRun } from '#testing';

const order = () => {
  const builder = model('order').start().eventBasedGateway('wait', ['a', 'b']);
  builder
    .branch('a')
    .catchEvent('paid', { message: { name: 'paid', key: '=no' } })
    .end('good');
  return builder
    .branch('b')
    .catchEvent('late', { timer: { duration: 'PT1H' } })
    .end('bad');
};

describe('event-based gateway', () => {
  it('goes on from the first event and forgets the others', async () => {
    const run = await startRun(order(), { no: 7 });

    run.correlate('paid', { amount: 3 });

    expect(run.flowsTaken()).toEqual(['start->wait', 'a', 'paid->good']);
    expect(run.variables()).toEqual({ no: 7, amount: 3 });
    expect(run.trace()).toContain('timerCanceled');
    expect(run.status).toBe('completed');
  });

  it('takes the timer when nothing else came', async () => {
    const run = await startRun(order(), { no: 7 });

    run.advance(3_600_000);

    expect(run.flowsTaken()).toEqual(['start->wait', 'b', 'late->bad']);
  });

  it('stops where a correlation key is missing, and is tried again', async () => {
    const run = await startRun(order());
    const stuck = run.incidents();

    run.perform({ type: 'setVariables', scopeKey: run.live.processInstanceKey, variables: { no: 8 }, local: true });
    run.resolveIncident('wait');

    expect(stuck).toEqual(['wait EXTRACT_VALUE_ERROR']);
    expect(run.live.subscriptions.values()).toHaveLength(1);
    expect(run.live.timers.values()).toHaveLength(1);
  });
});
