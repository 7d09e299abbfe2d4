import { brokenLaws, model, startRun } from '#testing';

describe('a loop without wait state', () => {
  const endless = model('p')
    .start()
    .exclusiveGateway('again')
    .scriptTask('count', '=n + 1', 'n')
    .exclusiveGateway('more', { back: '=n < limit', on: 'default' })
    .branch('back')
    .connectTo('again')
    .branch('on')
    .end();

  it('pauses and goes on until it ends', async () => {
    const run = await startRun(endless, { n: 0, limit: 2000 }, { maxInstructions: 1000 });

    expect(run.trace().filter((text) => text === 'processInstancePaused').length).toBeGreaterThan(2);
    expect(run.variables()['n']).toBe(2000);
  });

  it('becomes an incident where it does not rest in so many rounds, and goes on when that is resolved', async () => {
    const run = await startRun(endless, { n: 0, limit: 1e9 }, { maxInstructions: 100, maxPauses: 5 });
    expect(run.incidents()).toEqual([expect.stringMatching(/EXECUTION_LIMIT_EXCEEDED$/)]);
    expect(brokenLaws(run.live)).toEqual([]);
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { limit: 0 }, local: false });
    run.resolveIncident(run.incidents()[0]?.split(' ')[0] ?? '');

    expect(run.status).toBe('completed');
  });

  it('becomes an incident where it splits again and again', async () => {
    const splitting = model('p')
      .start()
      .exclusiveGateway('again', { on: '=true', off: 'default' })
      .branch('off')
      .end()
      .branch('on')
      .parallelGateway('split', ['one', 'two'])
      .branch('one')
      .connectTo('again')
      .branch('two')
      .connectTo('again');

    const run = await startRun(splitting, {}, { maxInstructions: 1000, maxElements: 5000 });

    expect(run.incidents()).toEqual([expect.stringMatching(/EXECUTION_LIMIT_EXCEEDED$/)]);
    expect(run.live.elements.size).toBeLessThan(5010);
    run.perform({ type: 'cancelProcessInstance' });
    expect(run.status).toBe('terminated');
  });

  it('becomes one incident where instances within instances would be too many, before they are made', async () => {
    const thousand = { multiInstance: { cardinality: '=1000' } };
    const cube = model('p')
      .start()
      .subProcess(
        'x',
        (x) =>
          x
            .start('xs')
            .subProcess('y', (y) => y.start('ys').manualTask('z', thousand).end('ye'), thousand)
            .end('xe'),
        thousand,
      )
      .end();

    const run = await startRun(cube);

    expect(run.incidents()).toEqual(['y EXECUTION_LIMIT_EXCEEDED']);
    expect(run.live.elements.size).toBeLessThan(4100);
  });

  it('lets uneven items be: one long list among many short ones', async () => {
    const each = { multiInstance: { collection: '=[1, 2, 3, 4]', element: 'item' } };
    const own = { multiInstance: { collection: '=if item = 4 then [1, 2, 3, 4, 5, 6] else []' } };
    const uneven = model('p')
      .start()
      .subProcess('x', (x) => x.start('xs').userTask('y', own).end('xe'), each)
      .end();

    const run = await startRun(uneven, {}, { maxElements: 20 });

    expect(run.incidents()).toEqual([]);
    expect(run.activeElements().filter((id) => id === 'y')).toHaveLength(7);
  });

  it('goes on with the same elements when there are fewer items', async () => {
    const few = { multiInstance: { cardinality: '=n' } };
    const run = await startRun(
      model('p')
        .start()
        .subProcess('x', (x) => x.start('xs').userTask('y', few).end('xe'), few)
        .end(),
      { n: 4 },
      { maxElements: 20 },
    );
    expect(run.incidents()).toEqual(['y EXECUTION_LIMIT_EXCEEDED']);

    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { n: 1 }, local: false });
    run.resolveIncident('y');

    expect(run.incidents()).toEqual([]);
    expect(run.activeElements().filter((id) => id === 'y')).toHaveLength(14);
  });

  it('counts the rounds anew after each command', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('ask', { loop: { condition: '=again' } })
        .end(),
      {},
      { maxInstructions: 1, maxPauses: 50 },
    );
    for (let round = 0; round < 100; round += 1) run.completeUserTask('ask', { again: round < 99 });

    expect(run.status).toBe('completed');
  });
});
