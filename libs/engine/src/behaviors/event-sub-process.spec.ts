import { model, startRun, type EventOptions } from '#testing';

const order = (event: EventOptions) =>
  model('order')
    .start()
    .userTask('check')
    .end()
    .eventSubProcess('listen', (inner) => inner.start('heard', event).userTask('answer').end('answered'));

describe('event sub-process', () => {
  it('interrupts its scope and takes its place', async () => {
    const run = await startRun(order({ message: { name: 'stop', key: '="k"' } }));

    run.correlate('stop', { why: 'no' });
    const between = run.activeElements();
    run.completeUserTask('answer');

    expect(between).toEqual(['listen', 'answer']);
    expect(run.trace()).toContain('userTaskCanceled');
    expect(run.variables()).toEqual({ why: 'no' });
    expect(run.status).toBe('completed');
  });

  it('runs beside its scope as often as a signal comes, where it does not interrupt', async () => {
    const run = await startRun(order({ signal: 'alarm', interrupting: false }));

    run.signal('alarm');
    run.signal('alarm');
    run.completeUserTask('check');
    const between = run.activeElements();
    run.completeUserTask('answer');
    run.completeUserTask('answer');

    expect(between).toEqual(['listen', 'answer', 'listen', 'answer']);
    expect(run.status).toBe('completed');
  });

  it('repeats with a timer cycle', async () => {
    const run = await startRun(order({ timer: { cycle: 'R3/PT1H' }, interrupting: false }));

    run.advance(5 * 3_600_000);

    expect(run.activeElements().filter((id) => id === 'answer')).toHaveLength(3);
  });

  it('catches an error of its scope', async () => {
    const definition = model('order')
      .start()
      .serviceTask('pay')
      .end()
      .eventSubProcess('listen', (inner) =>
        inner.start('failed', { error: 'DENIED' }).userTask('answer').end('answered'),
      );
    const run = await startRun(definition);

    run.throwJobError('pay', 'DENIED');

    expect(run.activeElements()).toEqual(['listen', 'answer']);
  });

  it('does not catch an error thrown inside itself', async () => {
    const definition = model('order')
      .start()
      .serviceTask('pay')
      .end()
      .eventSubProcess('listen', (inner) => inner.start('failed', { error: '' }).end('again', { error: 'DENIED' }));
    const run = await startRun(definition);

    run.throwJobError('pay', 'DENIED');

    expect(run.incidents()).toEqual(['again UNHANDLED_ERROR_EVENT']);
  });

  it('ends when its scope is terminated', async () => {
    const run = await startRun(order({ signal: 'alarm', interrupting: false }));
    run.signal('alarm');

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.live.elements.size).toBe(0);
    expect(run.live.subscriptions.size).toBe(0);
  });
});
