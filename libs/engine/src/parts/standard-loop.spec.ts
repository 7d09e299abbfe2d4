import { model, startRun, type ModelBuilder } from '#testing';

type LoopOptions = NonNullable<NonNullable<Parameters<ModelBuilder['userTask']>[1]>['loop']>;
const looping = (loop: LoopOptions) => model('p').start().scriptTask('add', '=n + 1', 'n', { loop }).end();

describe('a standard loop', () => {
  it.each<[string, LoopOptions, number, number]>([
    ['repeats while its condition holds after each run', { condition: '=n < 3' }, 0, 3],
    ['runs at least once where the test comes after', { condition: '=false' }, 5, 6],
    ['does not run where the test comes first and fails', { condition: '=n < 3', testBefore: true }, 7, 7],
    ['repeats while its test before each run holds', { condition: '=n < 3', testBefore: true }, 0, 3],
    ['ends at its maximum', { condition: '=true', maximum: '4' }, 0, 4],
    ['needs no condition where it has a maximum', { maximum: '2' }, 0, 2],
    ['does not run where its maximum is 0, also where the test comes after', { maximum: '0' }, 6, 6],
    ['sees how many runs are done', { condition: '=loopCounter < 5' }, 0, 5],
  ])('%s', async (_name, loop, n, result) => {
    const run = await startRun(looping(loop), { n });

    expect(run.status).toBe('completed');
    expect(run.variables()['n']).toBe(result);
  });

  it('waits in each run, and its boundary event ends all of it', async () => {
    const watched = model('p')
      .start()
      .userTask('ask', { loop: { condition: '=not(sure)' } })
      .end()
      .boundary('stop', 'ask', { signal: 'alarm' })
      .userTask('after')
      .end('e2');
    const run = await startRun(watched);
    run.completeUserTask('ask', { sure: false });
    run.completeUserTask('ask', { sure: true });
    expect(run.status).toBe('completed');

    const stopped = await startRun(watched);
    stopped.completeUserTask('ask', { sure: false });
    stopped.signal('alarm');
    expect(stopped.activeElements()).toEqual(['after']);
  });

  it('stops with an incident where the condition fails, and goes on when that is resolved', async () => {
    const run = await startRun(looping({ condition: '=n < limit' }), { n: 0 });
    expect(run.incidents()).toEqual(['add CONDITION_ERROR']);
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { limit: 1 }, local: false });
    run.resolveIncident('add');

    expect(run.variables()['n']).toBe(1);
  });

  it('comes to its end over many pauses without a wait state', async () => {
    const run = await startRun(looping({ condition: '=n < 3000' }), { n: 0 }, { maxInstructions: 500 });

    expect(run.variables()['n']).toBe(3000);
  });
});

describe('quantities of tokens', () => {
  it('start an activity once for so many tokens', async () => {
    const run = await startRun(
      model('p')
        .start()
        .parallelGateway('fork', ['a', 'b', 'c'])
        .branch('a')
        .userTask('ann')
        .connectTo('pack')
        .branch('b')
        .userTask('bob')
        .connectTo('pack')
        .branch('c')
        .userTask('cid')
        .connectTo('pack')
        .userTask('pack', { startQuantity: 3 })
        .end(),
    );
    run.completeUserTask('ann');
    run.completeUserTask('cid');
    expect(run.activeElements()).toEqual(['bob']);
    run.completeUserTask('bob');
    expect(run.activeElements()).toEqual(['pack']);
    run.completeUserTask('pack');
    expect(run.status).toBe('completed');
  });

  it('keep their scope open where they are too few, like tokens before a join', async () => {
    const run = await startRun(
      model('p')
        .start()
        .parallelGateway('fork', ['a', 'b'])
        .branch('a')
        .userTask('ann')
        .userTask('pack', { startQuantity: 2 })
        .end('packed')
        .branch('b')
        .userTask('bob')
        .end(),
    );
    run.completeUserTask('ann');
    run.completeUserTask('bob');

    expect(run.activeElements()).toEqual([]);
    expect(run.status).toBe('active');
  });

  it('send so many tokens on when an activity completes', async () => {
    const run = await startRun(model('p').start().userTask('split', { completionQuantity: 3 }).userTask('each').end());
    run.completeUserTask('split');

    expect(run.activeElements()).toEqual(['each', 'each', 'each']);
  });
});
