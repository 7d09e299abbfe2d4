import { model, startRun } from '#testing';

const hour = 3_600_000;
const either = [{ message: { name: 'paid', key: '="k"' } }, { timer: { duration: 'PT1H' } }] as const;

describe('a multiple event', () => {
  it.each([
    ['message', (run: Awaited<ReturnType<typeof startRun>>) => void run.correlate('paid')],
    ['timer', (run: Awaited<ReturnType<typeof startRun>>) => run.advance(hour)],
  ])('goes on with the first of its definitions: %s', async (_name, happen) => {
    const run = await startRun(model('p').start().catchEvent('wait', { all: either }).userTask('next').end());
    happen(run);

    expect(run.activeElements()).toEqual(['next']);
    expect(run.live.subscriptions.size + run.live.timers.size).toBe(0);
  });

  it('interrupts as a boundary event by any of its definitions, errors too', async () => {
    const watched = model('p')
      .start()
      .serviceTask('work')
      .end()
      .boundary('stop', 'work', { all: [{ error: 'broken' }, { signal: 'alarm' }] })
      .userTask('after')
      .end('e2');
    const failed = await startRun(watched);
    failed.throwJobError('work', 'broken');
    const alarmed = await startRun(watched);
    alarmed.signal('alarm');

    expect(failed.activeElements()).toEqual(['after']);
    expect(alarmed.activeElements()).toEqual(['after']);
  });

  it('throws all of its definitions, the deciding one last', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('before')
        .end('stop', { all: [{ terminate: true }, { signal: 'over' }, { message: { name: 'told', key: '="k"' } }] }),
    );
    run.completeUserTask('before');

    expect(run.trace()).toContain('signalThrown stop');
    expect(run.trace()).toContain('messageThrown stop');
    expect(run.status).toBe('completed');
  });
});

describe('a multiple end event with an error that nobody catches', () => {
  const ending = (error: string) =>
    model('p')
      .start()
      .end('stop', { all: [{ error }, { message: { name: 'told', key: '="k"' } }] });
  const resolve = (run: Awaited<ReturnType<typeof startRun>>) =>
    run.perform({ type: 'resolveIncident', incidentKey: run.live.incidents.keys()[0] as string });

  it('throws the error again and nothing else when its incident is resolved', async () => {
    const run = await startRun(ending('broken'));

    resolve(run);

    expect(run.live.incidents.values().map(({ errorType }) => errorType)).toEqual(['UNHANDLED_ERROR_EVENT']);
    expect(run.trace().filter((line) => line.startsWith('messageThrown'))).toEqual(['messageThrown stop']);
  });

  it('throws nothing before the code of the error is known', async () => {
    const run = await startRun(ending('=code'), { code: 7 });
    const before = run.trace().filter((line) => line.startsWith('messageThrown'));

    run.perform({ type: 'setVariables', scopeKey: run.live.processInstanceKey, variables: { code: 'x' }, local: true });
    resolve(run);
    resolve(run);

    expect(before).toEqual([]);
    expect(run.trace().filter((line) => line.startsWith('messageThrown'))).toEqual(['messageThrown stop']);
  });
});

describe('a parallel multiple event', () => {
  const both = [{ message: { name: 'paid', key: '="k"' } }, { signal: 'alarm' }] as const;

  it('waits for all of its definitions, in any order', async () => {
    const run = await startRun(
      model('p').start().catchEvent('wait', { all: both, parallelMultiple: true }).userTask('next').end(),
    );
    run.signal('alarm', { seen: 1 });
    expect(run.activeElements()).toEqual(['wait']);
    run.signal('alarm');
    run.correlate('paid', { amount: 5 });

    expect(run.activeElements()).toEqual(['next']);
    expect(run.variables()).toMatchObject({ seen: 1, amount: 5 });
  });

  it('counts anew, not interrupting, after all have happened', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('work')
        .end()
        .boundary('note', 'work', { all: both, parallelMultiple: true, interrupting: false })
        .userTask('look')
        .end('e2'),
    );
    for (let round = 0; round < 2; round += 1) {
      run.correlate('paid');
      run.signal('alarm');
    }

    expect(run.activeElements().filter((id) => id === 'look')).toHaveLength(2);
    expect(run.activeElements()).toContain('work');
  });

  it('interrupts its activity when a condition and a timer have both happened', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('work')
        .end()
        .boundary('stop', 'work', {
          all: [{ conditional: '=late' }, { timer: { duration: 'PT1H' } }],
          parallelMultiple: true,
        })
        .userTask('after')
        .end('e2'),
    );
    run.advance(hour);
    expect(run.activeElements()).toEqual(['work']);
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { late: true }, local: false });

    expect(run.activeElements()).toEqual(['after']);
  });

  it('throws nothing before all that it throws can be evaluated', async () => {
    const run = await startRun(
      model('p')
        .start()
        .end('tell', { all: [{ signal: 'first' }, { signal: '=second' }] }),
    );
    expect(run.incidents()).toEqual(['tell EXTRACT_VALUE_ERROR']);
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { second: 'b' }, local: true });
    run.resolveIncident('tell');

    const thrown = run.events.flatMap((event) => (event.type === 'signalThrown' ? [event.signalName] : []));
    expect(thrown).toEqual(['first', 'b']);
  });
});
