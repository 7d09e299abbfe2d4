import { model, startRun } from '#testing';

describe('send task', () => {
  it('throws its message and goes on', async () => {
    const run = await startRun(model('order').start().sendTask('tell', { name: 'hello', key: '=no' }).end(), {
      no: 'A1',
    });

    expect(run.events.find(({ type }) => type === 'messageThrown')).toMatchObject({
      messageName: 'hello',
      correlationKey: 'A1',
      timeToLiveMs: 3_600_000,
    });
    expect(run.status).toBe('completed');
  });

  it('stops where its key is no text', async () => {
    const run = await startRun(model('order').start().sendTask('tell', { name: 'hello', key: '=no' }).end());

    expect(run.incidents()).toEqual(['tell EXTRACT_VALUE_ERROR']);
  });

  it('ends without throwing when its scope is terminated', async () => {
    const run = await startRun(model('order').start().sendTask('tell', { name: 'hello', key: '=no' }).end());

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.trace()).toContain('tell terminated');
    expect(run.trace()).not.toContain('messageThrown');
    expect(run.live.incidents.size).toBe(0);
  });

  it('throws its message once it is tried again', async () => {
    const run = await startRun(model('order').start().sendTask('tell', { name: 'hello', key: '=no' }).end());

    run.perform({
      type: 'setVariables',
      scopeKey: run.live.processInstanceKey,
      variables: { no: 'A1' },
      local: true,
    });
    run.resolveIncident('tell');

    expect(run.events.filter(({ type }) => type === 'messageThrown')).toHaveLength(1);
    expect(run.status).toBe('completed');
  });
});
