import { model, startRun } from '#testing';

describe('process', () => {
  it('begins at the start event that was asked for', async () => {
    const definition = model('order')
      .start()
      .userTask('byHand')
      .end()
      .start('byMessage', { message: { name: 'order' } })
      .userTask('byMail')
      .end('mailed');

    const run = await startRun(definition, {}, { startElementId: 'byMessage' });

    expect(run.activeElements()).toEqual(['byMail']);
    expect(run.live.startElementId).toBe('byMessage');
  });

  it('splits where several flows leave one activity', async () => {
    const definition = model('order')
      .start()
      .manualTask('do')
      .userTask('one')
      .end()
      .at('do')
      .userTask('two')
      .end('other');

    const run = await startRun(definition);

    expect(run.activeElements()).toEqual(['one', 'two']);
  });

  it('passes through tasks that are done outside', async () => {
    const run = await startRun(model('order').start().manualTask('knock').end());

    expect(run.status).toBe('completed');
  });
});

describe('a process without start event', () => {
  it('begins with all that no flow leads to', async () => {
    const run = await startRun(model('p').userTask('a').userTask('b').apart().userTask('c'));
    expect(run.activeElements()).toEqual(['a', 'c']);
    run.completeUserTask('a');
    run.completeUserTask('c');
    run.completeUserTask('b');

    expect(run.status).toBe('completed');
  });
});

describe('a process that an event creates', () => {
  const paid = { message: { name: 'paid' } };
  const gateway = (eventGatewayType?: 'Parallel') =>
    model('p')
      .eventBasedGateway('first', ['a', 'b'], { instantiate: true, ...(eventGatewayType && { eventGatewayType }) })
      .branch('a')
      .catchEvent('onPaid', { message: { name: 'paid', key: '="k"' } })
      .userTask('thank')
      .end('e1')
      .branch('b')
      .catchEvent('onAlarm', { signal: 'alarm' })
      .userTask('look')
      .end('e2');

  it('goes on after the receive task that instantiates', async () => {
    const run = await startRun(
      model('p').receiveTask('order', paid.message, { instantiate: true }).userTask('next').end(),
      { no: 1 },
      { startElementId: 'order' },
    );

    expect(run.activeElements()).toEqual(['next']);
  });

  it('goes on after the event that came first', async () => {
    const run = await startRun(gateway(), {}, { startElementId: 'onAlarm' });

    expect(run.activeElements()).toEqual(['look']);
    expect(run.live.subscriptions.size).toBe(0);
  });

  it('waits for the other events of a parallel gateway', async () => {
    const run = await startRun(gateway('Parallel'), {}, { startElementId: 'onAlarm' });
    expect(run.activeElements().toSorted()).toEqual(['look', 'onPaid']);
    run.correlate('paid');
    run.completeUserTask('look');
    run.completeUserTask('thank');

    expect(run.status).toBe('completed');
  });
});
