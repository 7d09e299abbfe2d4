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
    expect(run.live.subscriptions).toEqual({});
  });

  it('is canceled when its scope is terminated', async () => {
    const run = await startRun(order(), { no: 1 });

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.trace()).toContain('messageSubscriptionCanceled');
  });
});
