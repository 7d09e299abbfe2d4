import { model, startRun } from '#testing';

const order = () =>
  model('order')
    .start()
    .subProcess('pack', (inner) => inner.start('begin').userTask('wrap').end('wrapped'), {
      inputs: { size: '=2' },
      outputs: { box: '=size + 1' },
    })
    .userTask('send')
    .end();

describe('sub-process', () => {
  it('runs inside and completes when its last path has ended', async () => {
    const run = await startRun(order());

    run.completeUserTask('wrap');

    expect(run.activeElements()).toEqual(['send']);
    expect(run.variables()).toEqual({ box: 3 });
  });

  it('is interrupted with all that lives in it', async () => {
    const run = await startRun(
      order()
        .boundary('stop', 'pack', { message: { name: 'stop', key: '="k"' } })
        .end('stopped'),
    );

    run.correlate('stop');

    expect(run.flowsTaken()).toEqual(['start->pack', 'begin->wrap', 'stop->stopped']);
    expect(run.live.userTasks.size).toBe(0);
    expect(run.status).toBe('completed');
  });

  it('goes on beside a boundary event that does not interrupt', async () => {
    const run = await startRun(
      order()
        .boundary('remind', 'pack', { timer: { cycle: 'R2/PT1H' }, interrupting: false })
        .end('reminded'),
    );

    run.advance(10 * 3_600_000);

    expect(run.flowsTaken().filter((flow) => flow === 'remind->reminded')).toHaveLength(2);
    expect(run.activeElements()).toEqual(['pack', 'wrap']);
    expect(run.live.timers.size).toBe(0);
  });

  it('ends when its scope is terminated', async () => {
    const run = await startRun(order());

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.trace().slice(-7)).toEqual([
      'pack terminating',
      'wrap terminating',
      'userTaskCanceled',
      'wrap terminated',
      'pack terminated',
      'order terminated',
      'processInstanceTerminated',
    ]);
  });

  it('stops where a subscription of it cannot be opened, and is tried again', async () => {
    const run = await startRun(
      model('order')
        .start()
        .subProcess('pack', (inner) =>
          inner
            .start('begin')
            .userTask('wrap')
            .end('wrapped')
            .eventSubProcess('listen', (own) =>
              own.start('heard', { message: { name: 'm', key: '=key' } }).end('over'),
            ),
        ),
    );
    const stuck = run.incidents();

    run.perform({ type: 'setVariables', scopeKey: run.live.processInstanceKey, variables: { key: 'k' }, local: true });
    run.resolveIncident('pack');

    expect(stuck).toEqual(['pack EXTRACT_VALUE_ERROR']);
    expect(run.activeElements()).toEqual(['pack', 'wrap']);
  });
});
