import { brokenLaws, model, Run, startRun, type ModelBuilder } from '#testing';
import { readState, replay, writeState, type AdHocResult, type StoredState } from '#engine';

type Started = Awaited<ReturnType<typeof startRun>>;

const listening = { taskListeners: { canceling: ['first', 'second'] } };
const watched = (builder: ModelBuilder) => builder.userTask('work', listening);
const answer = (run: Started, result: object = {}) =>
  run.perform({ type: 'completeJob', jobKey: run.keyOf('jobs', 'work'), variables: {}, result });
const jobTypes = (run: Started) =>
  run.events.flatMap((event) => (event.type === 'jobCreated' && event.listener ? [event.jobType] : []));
const traceAfter = (run: Started, text: string) => run.trace().slice(run.trace().indexOf(text) + 1);
const stateOf = (run: Started, id: string) => run.live.elements.get(run.elementKey(id))?.state;

/** What is written down is all there is: replay and the stored snapshot say the same, and no law is broken. */
function expectSound(run: Started): void {
  expect(brokenLaws(run.live)).toEqual([]);
  expect(JSON.stringify(replay(run.events))).toBe(JSON.stringify(run.live));
  run.state = readState(JSON.parse(writeState(run.live)) as StoredState);
}

const timed = () =>
  watched(model('p').start())
    .end()
    .boundary('late', 'work', { timer: { duration: 'PT1H' } })
    .userTask('after')
    .end('e9');

describe('listeners of canceling', () => {
  it('are asked one after the other before a boundary event goes on', async () => {
    const run = await startRun(timed());
    run.advance(3_600_000);
    expect(stateOf(run, 'work')).toBe('terminating');
    expect(jobTypes(run)).toEqual(['first']);
    expectSound(run);
    answer(run);
    expect(run.activeElements()).toEqual(['work']);
    expect(jobTypes(run)).toEqual(['first', 'second']);
    expectSound(run);
    answer(run);

    expect(run.activeElements()).toEqual(['after']);
    expect(traceAfter(run, 'userTaskCanceled').slice(0, 3)).toEqual([
      'work terminated',
      'terminationEnded p',
      'late activating',
    ]);
    expectSound(run);
  });

  it('are asked while the rest of the instance goes on', async () => {
    const run = await startRun(
      watched(model('p').start().parallelGateway('both', ['a', 'b']).branch('a'))
        .end('e1')
        .boundary('late', 'work', { timer: { duration: 'PT1H' } })
        .end('e2')
        .at('both')
        .branch('b')
        .userTask('other')
        .end('e3'),
    );
    run.advance(3_600_000);
    run.completeUserTask('other');
    expect(run.status).toBe('active');
    answer(run);
    answer(run);

    expect(run.status).toBe('completed');
  });

  it('cannot deny and cannot throw an error, and leave nobody else a way to change the task', async () => {
    const run = await startRun(timed());
    const userTaskKey = run.keyOf('userTasks', 'work');
    run.advance(3_600_000);
    const jobKey = run.keyOf('jobs', 'work');

    expect(run.rejectionOf({ type: 'completeJob', jobKey, variables: {}, result: { denied: true } })?.code).toBe(
      'invalidArgument',
    );
    expect(run.rejectionOf({ type: 'throwJobError', jobKey, errorCode: 'x' })?.code).toBe('invalidState');
    expect(run.rejectionOf({ type: 'completeUserTask', userTaskKey, variables: {} })?.code).toBe('invalidState');
    expect(run.rejectionOf({ type: 'assignUserTask', userTaskKey, assignee: 'ann' })?.code).toBe('invalidState');
  });

  it('may correct the task before it is canceled', async () => {
    const run = await startRun(timed());
    run.advance(3_600_000);
    answer(run, { corrections: { priority: 7 } });
    answer(run);

    expect(run.trace()).toContain('userTaskUpdated');
    expect(run.trace().indexOf('userTaskUpdated')).toBeLessThan(run.trace().indexOf('userTaskCanceled'));
  });

  it('stop the termination by an incident, which can be resolved', async () => {
    const run = await startRun(timed());
    run.advance(3_600_000);
    const jobKey = run.keyOf('jobs', 'work');
    run.failJob('work', 0);
    expectSound(run);
    run.perform({ type: 'updateJobRetries', jobKey, retries: 1 });
    run.resolveIncident('work');
    answer(run);
    answer(run);

    expect(run.activeElements()).toEqual(['after']);
  });

  it('are asked anew when the job of one could not be made', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('work', { taskListeners: { canceling: ['=who'] } })
        .end()
        .boundary('late', 'work', { timer: { duration: 'PT1H' } })
        .end('e9'),
    );
    run.advance(3_600_000);
    expect(run.incidents()).toHaveLength(1);
    expectSound(run);
    run.perform({ type: 'setVariables', scopeKey: '1000', variables: { who: 'first' }, local: true });
    run.resolveIncident('work');
    answer(run);

    expect(run.status).toBe('completed');
  });

  it('take the place of the listeners of another change', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('work', { taskListeners: { completing: ['check'], canceling: ['first'] } })
        .end()
        .boundary('late', 'work', { timer: { duration: 'PT1H' } })
        .end('e9'),
    );
    run.completeUserTask('work', { done: true });
    run.advance(3_600_000);
    expect(run.live.jobs.size).toBe(1);
    answer(run);

    expect(run.trace()).toContain('userTaskCanceled');
    expect(run.variables()).toEqual({});
  });

  it('hold back the end of all scopes around the task, and what interrupted the outermost', async () => {
    const run = await startRun(
      model('p')
        .start()
        .subProcess('outer', (outer) =>
          outer
            .start('s1')
            .subProcess('inner', (inner) => watched(inner.start('s2')).end('e2'))
            .end('e1'),
        )
        .end()
        .boundary('late', 'outer', { timer: { duration: 'PT1H' } })
        .userTask('after')
        .end('e9'),
    );
    run.advance(3_600_000);
    expect(run.activeElements()).toEqual(['outer', 'inner', 'work']);
    expectSound(run);
    answer(run);
    answer(run);

    const ended = run.trace().filter((text) => text.endsWith('terminated') || text === 'late activating');
    expect(ended).toEqual(['work terminated', 'inner terminated', 'outer terminated', 'late activating']);
    expectSound(run);
  });

  it('are asked for each instance of a multi-instance activity whose condition holds', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('work', {
          ...listening,
          multiInstance: { cardinality: '=3', condition: '=numberOfCompletedInstances >= 1' },
        })
        .userTask('after'),
    );
    run.completeUserTask('work');
    expect(jobTypes(run)).toEqual(['first', 'first']);
    expectSound(run);
    for (let count = 0; count < 4; count += 1) answer(run);

    expect(run.activeElements()).toEqual(['after']);
    expectSound(run);
  });

  it('let a scope complete by its terminate end event when they are done, whatever waits in it', async () => {
    const run = await startRun(
      model('p')
        .start()
        .subProcess('sub', (inner) =>
          watched(inner.start('s').parallelGateway('both', ['a', 'b']).branch('a'))
            .end('e1')
            .at('both')
            .branch('b')
            .userTask('stop')
            .end('all', { terminate: true }),
        )
        .userTask('after'),
    );
    run.completeUserTask('stop');
    expect(run.activeElements()).toEqual(['sub', 'work']);
    expectSound(run);
    answer(run);
    answer(run);

    expect(run.activeElements()).toEqual(['after']);
  });

  it('are asked before an interrupting event sub-process and an error that is caught go on', async () => {
    const run = await startRun(
      watched(model('p').start().parallelGateway('both', ['a', 'b']).branch('a'))
        .end('e1')
        .at('both')
        .branch('b')
        .serviceTask('fails')
        .end('e2')
        .eventSubProcess('handler', (inner) => inner.start('broken', { error: 'broken' }).userTask('repair').end('e3')),
    );
    run.throwJobError('fails', 'broken', { why: 1 });
    expect(run.activeElements()).toEqual(['work']);
    expectSound(run);
    answer(run);
    answer(run);

    expect(run.activeElements().toSorted()).toEqual(['handler', 'repair']);
    expectSound(run);
  });

  it('give way to what interrupts the scope around them: only that goes on', async () => {
    const run = await startRun(
      model('p')
        .start()
        .subProcess('sub', (inner) =>
          watched(inner.start('s'))
            .end('e1')
            .boundary('soon', 'work', { timer: { duration: 'PT1H' } })
            .userTask('reminded')
            .end('e2'),
        )
        .end()
        .boundary('late', 'sub', { timer: { duration: 'PT2H' } })
        .userTask('after')
        .end('e9'),
    );
    run.advance(3_600_000);
    run.advance(3_600_000);
    expect(jobTypes(run)).toEqual(['first']);
    expectSound(run);
    answer(run);
    answer(run);

    expect(run.activeElements()).toEqual(['after']);
  });

  it('hold back the end of a process instance that is cancelled, which is asked once', async () => {
    const run = await startRun(timed());
    run.perform({ type: 'cancelProcessInstance', by: 'ann', reason: 'double' });
    run.perform({ type: 'cancelProcessInstance', by: 'bob' });
    expect(run.status).toBe('active');
    expectSound(run);
    answer(run);
    answer(run);

    expect(run.status).toBe('terminated');
    expect(run.events.at(-1)).toMatchObject({ type: 'processInstanceTerminated', by: 'ann', reason: 'double' });
    expect(brokenLaws(run.live)).toEqual([]);
  });

  it('are asked before a scope that a modification has emptied ends', async () => {
    const run = await startRun(
      model('p')
        .start()
        .subProcess('sub', (inner) => watched(inner.start('s')).end('e1'))
        .end(),
    );
    run.perform({ type: 'modifyProcessInstance', terminate: [run.elementKey('work')] });
    expect(run.activeElements()).toEqual(['sub', 'work']);
    expect(run.rejectionOf({ type: 'modifyProcessInstance', terminate: [run.elementKey('sub')] })?.message).toContain(
      'are still asked',
    );
    answer(run);
    answer(run);

    expect(run.status).toBe('terminated');
  });

  it('end a called process that a modification has emptied, though its caller waits for it', async () => {
    const run = new Run(await watched(model('p').start()).end().build());
    const of = { processInstanceKey: '1000', processDefinitionKey: '1', version: 1, variables: {} };
    run.perform({ type: 'createProcessInstance', ...of, parent: { processInstanceKey: '1', elementInstanceKey: '2' } });
    run.perform({ type: 'modifyProcessInstance', terminate: [run.elementKey('work')] });
    answer(run);
    answer(run);

    expect(run.status).toBe('terminated');
  });

  it('are asked when an ad-hoc sub-process is over', async () => {
    const run = await startRun(
      model('p')
        .start()
        .adHoc('any', (inner) => watched(inner).apart().userTask('enough'), {
          activeElements: '=["work", "enough"]',
          completionCondition: '=done',
        })
        .userTask('after'),
      { done: false },
    );
    run.completeUserTask('enough', { done: true });
    expect(run.activeElements()).toEqual(['any', 'work']);
    answer(run);
    answer(run);

    expect(run.activeElements()).toEqual(['after']);
  });

  it.each([
    ['begins other elements', { activateElements: [{ elementId: 'enough' }] }, ['any', 'enough']],
    ['says that all is done', { isCompletionConditionFulfilled: true }, ['after']],
  ])('are asked when a worker clears an ad-hoc sub-process and %s', async (_name, result, active) => {
    const run = await startRun(
      model('p')
        .start()
        .adHoc('any', (inner) => watched(inner).apart().userTask('enough'), { worker: 'decide' })
        .userTask('after'),
    );
    const decide = (adHoc: AdHocResult) =>
      run.perform({ type: 'completeJob', jobKey: run.live.jobs.keys().at(-1)!, variables: {}, adHoc });
    decide({ activateElements: [{ elementId: 'work' }, { elementId: 'enough' }] });
    run.completeUserTask('enough');
    decide({ ...result, isCancelRemainingInstances: true });
    expect(run.activeElements()).toEqual(['any', 'work']);
    answer(run);
    answer(run);

    expect(run.activeElements()).toEqual(active);
  });

  it('wait for a suspended instance to be resumed', async () => {
    const run = await startRun(timed());
    run.perform({ type: 'suspendProcessInstance' });
    run.perform({ type: 'cancelProcessInstance' });
    expect(jobTypes(run)).toEqual([]);
    run.perform({ type: 'resumeProcessInstance' });
    answer(run);
    answer(run);

    expect(run.status).toBe('terminated');
  });

  it('let a called process tell its caller of its error when it has ended', async () => {
    const run = new Run(
      await watched(model('p').start().parallelGateway('both', ['a', 'b']).branch('a'))
        .end('e1')
        .at('both')
        .branch('b')
        .userTask('fail')
        .end('e2', { error: 'broken' })
        .build(),
    );
    const of = { processInstanceKey: '1000', processDefinitionKey: '1', version: 1, variables: {} };
    run.perform({ type: 'createProcessInstance', ...of, parent: { processInstanceKey: '1', elementInstanceKey: '2' } });
    run.completeUserTask('fail');
    expect(run.trace()).not.toContain('errorPropagatedToCaller');
    expectSound(run);
    answer(run);
    answer(run);

    expect(run.trace().slice(-2)).toEqual(['errorPropagatedToCaller', 'processInstanceTerminated']);
  });
});
