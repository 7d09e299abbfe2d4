import { brokenLaws, model, startRun } from '#testing';

const signed = (options = {}) =>
  model('p')
    .start()
    .userTask('work', { assignee: 'ann', ...options })
    .end();
type Started = Awaited<ReturnType<typeof startRun>>;
const taskKey = (run: Started) => run.keyOf('userTasks', 'work');
const taskOf = (run: Started) => run.live.userTasks.get(taskKey(run));
type Kind = 'delegate' | 'signBefore' | 'signAfter';
const add = (run: Started, kind: Kind, accounts: readonly string[], by = 'ann') =>
  run.perform({
    type: 'addTaskTurns',
    userTaskKey: taskKey(run),
    turns: accounts.map((account) => ({ account, kind })),
    by,
  });
const turnOf = (run: Started, account: string) => {
  const turn = taskOf(run)?.turns?.find((each) => each.account === account);
  return { userTaskKey: taskKey(run), turnId: turn?.id ?? 'none' };
};
const end = (run: Started, by: string, outcome: 'done' | 'agreed' | 'disagreed') =>
  run.perform({ type: 'endTaskTurn', ...turnOf(run, by), outcome, by });
const remove = (run: Started, account: string) =>
  run.perform({ type: 'removeTaskTurn', ...turnOf(run, account), by: 'ann' });

describe('turns of a user task', () => {
  it('let those who sign before have the task in order, then its owner', async () => {
    const run = await startRun(signed());
    add(run, 'signBefore', ['bob', 'cid']);
    expect(taskOf(run)).toMatchObject({ assignee: 'bob', owner: 'ann' });
    end(run, 'bob', 'agreed');
    expect(taskOf(run)).toMatchObject({ assignee: 'cid', owner: 'ann' });
    end(run, 'cid', 'disagreed');

    expect(taskOf(run)).toEqual({ elementInstanceKey: run.elementKey('work'), assignee: 'ann' });
    run.completeUserTask('work');
    expect(run.status).toBe('completed');
  });

  it('keep the task from being completed, assigned or given away meanwhile', async () => {
    const run = await startRun(signed());
    add(run, 'delegate', ['bob']);
    const userTaskKey = taskKey(run);

    expect(run.rejectionOf({ type: 'completeUserTask', userTaskKey, variables: {}, by: 'ann' })).toEqual({
      code: 'invalidState',
      message: `Expected user task ${userTaskKey} to be its owner's but bob has a turn (delegate). End or remove the turn first.`,
    });
    expect(run.rejectionOf({ type: 'assignUserTask', userTaskKey, assignee: 'eve' })?.code).toBe('invalidState');
    end(run, 'bob', 'done');
    run.completeUserTask('work');
    expect(run.status).toBe('completed');
  });

  it('come before the one whose turn it is where that one asks for them', async () => {
    const run = await startRun(signed());
    add(run, 'signBefore', ['bob', 'cid']);
    add(run, 'delegate', ['dan'], 'bob');

    expect(taskOf(run)?.turns?.map(({ account }) => account)).toEqual(['dan', 'bob', 'cid']);
    expect(taskOf(run)).toMatchObject({ assignee: 'dan', owner: 'ann' });
  });

  it('hold a completion until those who sign after agree', async () => {
    const run = await startRun(signed());
    add(run, 'signAfter', ['bob', 'cid']);
    expect(taskOf(run)?.assignee).toBe('ann');
    run.completeUserTask('work', { done: true });
    expect(taskOf(run)).toMatchObject({ assignee: 'bob', owner: 'ann' });
    end(run, 'bob', 'agreed');
    expect(run.variables()).toEqual({});
    expect(brokenLaws(run.live)).toEqual([]);
    end(run, 'cid', 'agreed');

    expect(run.status).toBe('completed');
    expect(run.variables()).toEqual({ done: true });
  });

  it('give the task back on a disagreement, and ask everybody about the next completion', async () => {
    const run = await startRun(signed());
    add(run, 'signAfter', ['bob', 'cid']);
    run.completeUserTask('work', { done: true });
    end(run, 'bob', 'agreed');
    end(run, 'cid', 'disagreed');

    expect(taskOf(run)).toMatchObject({ assignee: 'ann', turns: [{ account: 'bob' }, { account: 'cid' }] });
    expect(taskOf(run)).not.toHaveProperty('held');
    expect(run.variables()).toEqual({});
    run.completeUserTask('work', { done: 'better' });
    expect(taskOf(run)?.assignee).toBe('bob');
  });

  it('ask the listeners of a completion when all who sign have agreed', async () => {
    const run = await startRun(signed({ taskListeners: { completing: ['check'] } }));
    add(run, 'signAfter', ['bob']);
    run.completeUserTask('work');
    expect(run.live.jobs.size).toBe(0);
    end(run, 'bob', 'agreed');
    expect(taskOf(run)?.assignee).toBe('ann');
    run.perform({ type: 'completeJob', jobKey: run.keyOf('jobs', 'work'), variables: {}, result: { denied: true } });

    expect(taskOf(run)).toMatchObject({ assignee: 'ann', turns: [{ account: 'bob' }] });
    expect(taskOf(run)?.turns?.[0]).not.toHaveProperty('hasAgreed');
  });

  it('can be taken away, and the last one lets the completion take effect', async () => {
    const run = await startRun(signed());
    add(run, 'signBefore', ['bob']);
    add(run, 'signAfter', ['cid', 'dan']);
    remove(run, 'bob');
    expect(taskOf(run)?.assignee).toBe('ann');
    run.completeUserTask('work');
    end(run, 'cid', 'agreed');
    remove(run, 'dan');

    expect(run.status).toBe('completed');
  });

  it('survive a change that listeners hold back', async () => {
    const run = await startRun(signed({ taskListeners: { updating: ['check'] } }));
    add(run, 'signBefore', ['bob']);
    run.perform({ type: 'updateUserTask', userTaskKey: taskKey(run), changes: { priority: 10 } });
    end(run, 'bob', 'agreed');
    run.completeJob('work');

    expect(taskOf(run)).toEqual({ elementInstanceKey: run.elementKey('work'), assignee: 'ann' });
    run.completeUserTask('work');
    expect(run.status).toBe('completed');
  });

  it('end with their task when it is interrupted', async () => {
    const run = await startRun(signed().boundary('stop', 'work', { signal: 'alarm' }).end('stopped'));
    add(run, 'signAfter', ['bob']);
    run.completeUserTask('work');
    run.signal('alarm');

    expect(run.status).toBe('completed');
    expect(run.live.userTasks.size).toBe(0);
  });
});

describe('a turn is refused', () => {
  it('in a task that is nobody’s', async () => {
    const run = await startRun(model('p').start().userTask('work').end());

    expect(() => add(run, 'delegate', ['bob'])).toThrow(/to be assigned but it is nobody's. Claim it first/);
  });

  it('to end for another, out of turn, or with an outcome that is not its own', async () => {
    const run = await startRun(signed());
    add(run, 'signBefore', ['bob', 'cid']);
    const ofBob = { type: 'endTaskTurn', ...turnOf(run, 'bob') } as const;
    const ofCid = { type: 'endTaskTurn', ...turnOf(run, 'cid') } as const;

    expect(run.rejectionOf({ ...ofBob, outcome: 'agreed', by: 'cid' })?.code).toBe('invalidState');
    expect(run.rejectionOf({ ...ofCid, outcome: 'agreed', by: 'cid' })?.code).toBe('invalidState');
    expect(run.rejectionOf({ ...ofBob, outcome: 'done', by: 'bob' })?.code).toBe('invalidArgument');
  });

  it('to be removed once it counts', async () => {
    const run = await startRun(signed());
    add(run, 'signAfter', ['bob', 'cid']);
    run.completeUserTask('work');
    end(run, 'bob', 'agreed');

    expect(() => remove(run, 'bob')).toThrow(/its outcome counts already/);
    expect(() => remove(run, 'zoe')).toThrow(/to be open but it is not/);
  });

  it('where there would be too many', async () => {
    const run = await startRun(signed());

    expect(() => add(run, 'signBefore', [])).toThrow(/1 to 100 turns/);
    expect(() =>
      add(
        run,
        'signBefore',
        Array.from({ length: 101 }, (_, index) => `a${index}`),
      ),
    ).toThrow(/found 101/);
  });
});
