import { model, startRun } from '#testing';

const parent = { processInstanceKey: '5', elementInstanceKey: '6' };

describe('end event', () => {
  it('ends only its own path', async () => {
    const definition = model('order')
      .start()
      .parallelGateway('fork', ['a', 'b'])
      .branch('a')
      .end('one')
      .branch('b')
      .userTask('check')
      .end();

    const run = await startRun(definition);

    expect(run.activeElements()).toEqual(['check']);
  });

  it('of kind terminate ends all of its scope, which then completes', async () => {
    const definition = model('order')
      .start()
      .subProcess('pack', (inner) => {
        const built = inner.start('begin').parallelGateway('fork', ['a', 'b', 'c', 'd']);
        built
          .branch('a')
          .userTask('wrap')
          .end('x')
          .branch('b')
          .connectTo('join')
          .branch('d')
          .userTask('label')
          .parallelGateway('join')
          .end('y');
        return built.branch('c').userTask('stop').end('all', { terminate: true });
      })
      .userTask('send')
      .end();
    const run = await startRun(definition);

    run.completeUserTask('stop');

    expect(run.activeElements()).toEqual(['send']);
    expect(run.tokens()).toEqual({});
  });

  it('throws its message and its signal', async () => {
    const definition = model('order').start().parallelGateway('fork', ['a', 'b']);
    definition.branch('a').end('tell', { message: { name: 'done', key: '=no' }, inputs: { result: '="ok"' } });
    definition.branch('b').end('shout', { signal: 'over' });

    const run = await startRun(definition, { no: 7 });

    expect(run.events.find(({ type }) => type === 'messageThrown')).toMatchObject({
      messageName: 'done',
      correlationKey: '7',
      variables: { result: 'ok' },
    });
    expect(run.events.find(({ type }) => type === 'signalThrown')).toMatchObject({ signalName: 'over' });
    expect(run.status).toBe('completed');
  });

  it('stops where nobody catches its error', async () => {
    const run = await startRun(model('order').start().end('broken', { error: 'E1' }));

    expect(run.incidents()).toEqual(['broken UNHANDLED_ERROR_EVENT']);
  });

  it('gives its error to the caller where nobody here catches it', async () => {
    const run = await startRun(model('order').start().end('broken', { error: 'E1' }), {}, { parent });

    expect(run.events.find(({ type }) => type === 'errorPropagatedToCaller')).toMatchObject({ errorCode: 'E1' });
    expect(run.status).toBe('terminated');
  });
});
