import { model, startRun } from '#testing';

const order = () => model('order').start().userTask('check').end();

describe('boundary event', () => {
  it('does nothing where its activity completes first', async () => {
    const run = await startRun(
      order()
        .boundary('late', 'check', { timer: { duration: 'PT1H' } })
        .end('tooLate'),
    );

    run.completeUserTask('check');

    expect(run.flowsTaken()).toEqual(['start->check', 'check->end']);
    expect(run.trace()).toContain('timerCanceled');
  });

  it('interrupts with a signal and brings its variables', async () => {
    const run = await startRun(order().boundary('stop', 'check', { signal: 'stop' }).end('stopped'));

    run.signal('stop', { why: 'fire' });

    expect(run.flowsTaken()).toEqual(['start->check', 'stop->stopped']);
    expect(run.variables()).toEqual({ why: 'fire' });
  });

  it('lets its activity go on where it does not interrupt, each time a message comes', async () => {
    const run = await startRun(
      order()
        .boundary('note', 'check', { message: { name: 'note', key: '="k"' }, interrupting: false })
        .end('noted'),
    );

    run.correlate('note');
    run.correlate('note');
    run.completeUserTask('check');

    expect(run.flowsTaken()).toEqual(['start->check', 'note->noted', 'note->noted', 'check->end']);
    expect(run.live.subscriptions.size).toBe(0);
  });

  it('fires by a cron text again and again', async () => {
    const run = await startRun(
      order()
        .boundary('daily', 'check', { timer: { cycle: '0 0 9 * * *' }, interrupting: false })
        .end('told'),
    );

    run.advance(3 * 24 * 3_600_000);

    expect(run.flowsTaken().filter((flow) => flow === 'daily->told')).toHaveLength(3);
    expect(run.live.timers.values()).toEqual([
      expect.objectContaining({ dueAt: Date.parse('2026-03-05T09:00:00+08:00') }),
    ]);
  });

  it('prefers the exact error code to the one that catches all', async () => {
    const definition = model('order').start().serviceTask('pay').end();
    definition
      .boundary('any', 'pay', { error: '' })
      .end('other')
      .boundary('exact', 'pay', { error: 'DENIED' })
      .end('denied');
    const run = await startRun(definition);

    run.throwJobError('pay', 'DENIED');

    expect(run.flowsTaken()).toEqual(['start->pay', 'exact->denied']);
  });

  it('catches an error from the depth of its sub-process', async () => {
    const definition = model('order')
      .start()
      .subProcess('outer', (outer) =>
        outer
          .start('o')
          .subProcess('inner', (inner) => inner.start('i').end('broken', { error: 'E1' }))
          .end('never'),
      )
      .end()
      .boundary('caught', 'outer', { error: 'E1' })
      .end('saved');

    const run = await startRun(definition);

    expect(run.flowsTaken()).toEqual(['start->outer', 'o->inner', 'i->broken', 'caught->saved']);
    expect(run.status).toBe('completed');
  });

  it('goes with its activity when the scope is terminated', async () => {
    const run = await startRun(
      order()
        .boundary('late', 'check', { timer: { duration: 'PT1H' } })
        .end('tooLate'),
    );

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.trace()).toContain('timerCanceled');
    expect(run.live.timers.size).toBe(0);
  });

  it('stops its activity where it cannot listen, and listens once it is tried again', async () => {
    const run = await startRun(
      order()
        .boundary('late', 'check', { timer: { duration: '=wait' } })
        .end('tooLate'),
    );
    const stuck = run.incidents();

    run.perform({
      type: 'setVariables',
      scopeKey: run.live.processInstanceKey,
      variables: { wait: 'PT1H' },
      local: true,
    });
    run.resolveIncident('check');
    run.advance(3_600_000);

    expect(stuck).toEqual(['check EXTRACT_VALUE_ERROR']);
    expect(run.flowsTaken()).toEqual(['start->check', 'late->tooLate']);
  });
});
