import { model, startRun } from '#testing';

const vote = (condition: string | undefined, branches: Readonly<Record<string, string>> = {}) =>
  model('vote')
    .start()
    .exclusiveGateway('round')
    .parallelGateway('fork', ['a', 'b', 'c'])
    .branch('a')
    .userTask('ann')
    .connectTo('join')
    .branch('b')
    .userTask('bob')
    .connectTo('join')
    .branch('c')
    .userTask('cid')
    .complexGateway('join', condition, branches);

describe('a complex gateway', () => {
  it('goes on once when its activation condition holds, and takes the late tokens at its reset', async () => {
    const run = await startRun(vote('=activationCount >= 2').userTask('next').end());
    run.completeUserTask('ann');
    expect(run.activeElements()).toEqual(['bob', 'cid']);
    run.completeUserTask('cid');
    expect(run.activeElements()).toEqual(['bob', 'next']);
    run.completeUserTask('next');
    expect(run.status).toBe('active');
    run.completeUserTask('bob');

    expect(run.status).toBe('completed');
    expect(run.flowsTaken().filter((flow) => flow === 'join->next')).toHaveLength(1);
  });

  it('goes on when data makes its activation condition true, without a further token', async () => {
    const run = await startRun(vote('=activationCount >= 3 or enough').userTask('next').end(), { enough: false });
    run.completeUserTask('ann');
    expect(run.activeElements()).toEqual(['bob', 'cid']);
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { enough: true }, local: false });

    expect(run.activeElements()).toEqual(['bob', 'cid', 'next']);
  });

  it('tells the phases apart by waitingForStart', async () => {
    const run = await startRun(
      vote('=activationCount >= 1', { first: '=waitingForStart', rest: '=not(waitingForStart)' })
        .branch('first')
        .userTask('begin')
        .end('e1')
        .branch('rest')
        .userTask('collect')
        .end('e2'),
    );
    run.completeUserTask('bob');
    expect(run.activeElements()).toEqual(['ann', 'cid', 'begin']);
    run.completeUserTask('ann');
    run.completeUserTask('cid');

    expect(run.activeElements()).toEqual(['begin', 'collect']);
  });

  it('resets without tokens that can no longer arrive', async () => {
    const run = await startRun(
      model('p')
        .start()
        .exclusiveGateway('choice', { one: '=true', two: 'default' })
        .branch('one')
        .userTask('a')
        .connectTo('join')
        .branch('two')
        .userTask('b')
        .connectTo('join')
        .complexGateway('join', '=activationCount >= 1')
        .end(),
    );
    run.completeUserTask('a');

    expect(run.status).toBe('completed');
  });

  it('works again in the next round of a loop', async () => {
    const run = await startRun(
      vote('=activationCount >= 2')
        .userTask('check')
        .exclusiveGateway('more', { back: '=again', on: 'default' })
        .branch('back')
        .connectTo('round')
        .branch('on')
        .end(),
      { again: false },
    );
    for (const id of ['ann', 'bob', 'cid']) run.completeUserTask(id);
    run.completeUserTask('check', { again: true });
    run.completeUserTask('cid');
    run.completeUserTask('ann');
    expect(run.activeElements()).toEqual(['bob', 'check']);
    run.completeUserTask('bob');
    run.completeUserTask('check', { again: false });

    expect(run.status).toBe('completed');
  });

  it('splits by conditions, else takes the default flow', async () => {
    const split = (amount: number) =>
      startRun(
        model('p')
          .start()
          .complexGateway('split', undefined, { big: '=amount > 10', huge: '=amount > 100', small: 'default' })
          .branch('big')
          .userTask('a')
          .end('e1')
          .branch('huge')
          .userTask('b')
          .end('e2')
          .branch('small')
          .userTask('c')
          .end('e3'),
        { amount },
      );

    expect((await split(200)).activeElements()).toEqual(['a', 'b']);
    expect((await split(1)).activeElements()).toEqual(['c']);
  });

  it('stops with an incident at its scope where the condition fails, and asks again when that is resolved', async () => {
    const run = await startRun(vote('=activationCount >= needed').userTask('next').end());
    run.completeUserTask('ann');
    expect(run.incidents()).toEqual(['vote CONDITION_ERROR']);
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { needed: 1 }, local: false });
    run.resolveIncident('vote');

    expect(run.activeElements()).toContain('next');
  });
});
