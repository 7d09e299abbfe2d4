import { model, startRun } from '#testing';

describe('intermediate throw event', () => {
  it('passes where it throws nothing', async () => {
    const run = await startRun(model('order').start().throwEvent('milestone').end());

    expect(run.status).toBe('completed');
  });

  it('throws its signal and goes on', async () => {
    const run = await startRun(
      model('order')
        .start()
        .throwEvent('shout', { signal: 'alarm', inputs: { place: '=where' } })
        .end(),
      { where: 'gate' },
    );

    expect(run.events.find(({ type }) => type === 'signalThrown')).toMatchObject({
      signalName: 'alarm',
      variables: { place: 'gate' },
    });
    expect(run.status).toBe('completed');
  });

  it('leaves its message to a worker where it names a job', async () => {
    const run = await startRun(
      model('order')
        .start()
        .throwEvent('send', { message: { name: 'm' }, job: 'mail' })
        .end(),
    );

    const before = run.activeElements();
    run.completeJob('send');

    expect(before).toEqual(['send']);
    expect(run.trace()).not.toContain('messageThrown send');
    expect(run.status).toBe('completed');
  });

  it('stops where the correlation key is no text, and is tried again', async () => {
    const run = await startRun(
      model('order')
        .start()
        .throwEvent('tell', { message: { name: 'm', key: '=no' } })
        .end(),
    );
    const stuck = run.incidents();

    run.perform({ type: 'setVariables', scopeKey: run.live.processInstanceKey, variables: { no: 1 }, local: true });
    run.resolveIncident('tell');

    expect(stuck).toEqual(['tell EXTRACT_VALUE_ERROR']);
    expect(run.trace()).toContain('messageThrown tell');
  });
});
