import { model, startRun } from '#testing';

const order = () => model('order').start().receiveTask('hear', { name: 'hello', key: '=no' }).end();

describe('receive task', () => {
  it('waits for its message', async () => {
    const run = await startRun(order(), { no: 1 });

    run.correlate('hello', { said: 'hi' });

    expect(run.variables()).toEqual({ no: 1, said: 'hi' });
    expect(run.status).toBe('completed');
  });

  it('is interrupted by a boundary timer', async () => {
    const run = await startRun(
      order()
        .boundary('late', 'hear', { timer: { duration: 'PT1H' } })
        .end('silence'),
      { no: 1 },
    );

    run.advance(3_600_000);

    expect(run.flowsTaken()).toEqual(['start->hear', 'late->silence']);
    expect(run.live.subscriptions.size).toBe(0);
  });

  it('is canceled when its scope is terminated', async () => {
    const run = await startRun(order(), { no: 1 });

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.trace()).toContain('messageSubscriptionCanceled');
  });

  it('stops where its key is missing, and listens once it is tried again', async () => {
    const run = await startRun(order());
    const stuck = run.incidents();

    run.perform({ type: 'setVariables', scopeKey: run.live.processInstanceKey, variables: { no: 1 }, local: true });
    run.resolveIncident('hear');
    run.correlate('hello');

    expect(stuck).toEqual(['hear EXTRACT_VALUE_ERROR']);
    expect(run.status).toBe('completed');
  });
});
