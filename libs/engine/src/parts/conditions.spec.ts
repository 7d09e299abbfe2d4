import { model, startRun } from '#testing';

describe('a conditional event', () => {
  const waiting = model('p').start().catchEvent('wait', { conditional: '=amount > 100' }).end();

  it('goes on when a variable makes its condition true', async () => {
    const run = await startRun(waiting, { amount: 1 });
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { amount: 50 }, local: false });
    expect(run.activeElements()).toEqual(['wait']);

    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { amount: 101 }, local: false });
    expect(run.status).toBe('completed');
  });

  it('does not wait where its condition holds already', async () => {
    const run = await startRun(waiting, { amount: 200 });

    expect(run.status).toBe('completed');
  });

  it('waits where what it needs is not there yet', async () => {
    const run = await startRun(waiting);

    expect(run.activeElements()).toEqual(['wait']);
    expect(run.incidents()).toEqual([]);
  });

  it('interrupts its activity within the step that set the variable', async () => {
    const run = await startRun(
      model('p')
        .start()
        .parallelGateway('fork', ['a', 'b'])
        .branch('a')
        .userTask('work')
        .end('e1')
        .branch('b')
        .userTask('other')
        .end('e2')
        .boundary('stop', 'work', { conditional: '=stopped' })
        .userTask('after')
        .end('e3'),
    );
    run.completeUserTask('other', { stopped: true });

    expect(run.activeElements()).toEqual(['after']);
    expect(run.live.conditions.size).toBe(0);
  });

  it('happens again, not interrupting, only after it has ceased to hold', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('work')
        .end()
        .boundary('remind', 'work', { conditional: '=level > 5', interrupting: false })
        .userTask('look')
        .end('e2'),
    );
    const set = (level: number) =>
      run.perform({ type: 'setVariables', scopeKey: '1000', variables: { level }, local: false });
    for (const level of [6, 7, 1, 8, 9]) set(level);

    expect(run.activeElements().filter((id) => id === 'look')).toHaveLength(2);
  });

  it('starts an event sub-process', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('work')
        .end()
        .eventSubProcess('watch', (own) =>
          own.start('ws', { conditional: '=late = true' }).userTask('hurry').end('we'),
        ),
    );
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { late: true }, local: false });

    expect(run.activeElements()).toEqual(['watch', 'hurry']);
  });

  it('looks only at the variables and changes that its filter names', async () => {
    const run = await startRun(
      model('p')
        .start()
        .catchEvent('wait', {
          conditional: { condition: '=a + b > 10', variableNames: 'b', variableEvents: 'update' },
        })
        .end(),
      { a: 1 },
    );
    const set = (variables: Readonly<Record<string, number>>) =>
      run.perform({ type: 'setVariables', scopeKey: '1000', variables, local: false });
    set({ b: 20 });
    set({ a: 30 });
    expect(run.activeElements()).toEqual(['wait']);

    set({ b: 1 });
    expect(run.status).toBe('completed');
  });

  it('does not see variables of other scopes', async () => {
    const run = await startRun(
      model('p')
        .start()
        .parallelGateway('fork', ['a', 'b'])
        .branch('a')
        .catchEvent('wait', { conditional: '=secret = 1' })
        .end('e1')
        .branch('b')
        .userTask('work', { inputs: { secret: '=1' } })
        .end('e2'),
    );

    expect(run.activeElements()).toEqual(['wait', 'work']);
  });

  const votes = { collection: '=["a", "b", "c"]', outputCollection: 'votes', outputElement: '=vote' };

  it('sees each output that a multi-instance activity collects', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('sign', { multiInstance: votes })
        .end()
        .boundary('enough', 'sign', { conditional: '=count(votes[item = "no"]) > 1' })
        .userTask('stop')
        .end('stopped'),
    );
    run.completeUserTask('sign', { vote: 'no' });
    expect(run.activeElements()).toEqual(['sign', 'sign', 'sign']);

    run.completeUserTask('sign', { vote: 'no' });
    expect(run.activeElements()).toEqual(['stop']);
  });

  it('sees in one instance of a multi-instance sub-process what another one gives', async () => {
    const run = await startRun(
      model('p')
        .start()
        .subProcess(
          'each',
          (inner) =>
            inner
              .start('begun')
              .userTask('sign')
              .end('signed')
              .boundary('beaten', 'sign', { conditional: { condition: '=votes[1] = "yes"', variableNames: 'votes' } })
              .userTask('console')
              .end('consoled'),
          { multiInstance: { ...votes, collection: '=["a", "b"]', outputElement: '="yes"' } },
        )
        .end(),
    );

    run.completeUserTask('sign');

    expect(run.activeElements()).toEqual(['each', 'each', 'console']);
  });
});
