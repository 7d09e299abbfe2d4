import { brokenLaws, model, startRun } from '#testing';

const watched = (taskListeners: Readonly<Record<string, readonly string[]>>, assignee?: string) =>
  model('p')
    .start()
    .userTask('work', { taskListeners, ...(assignee !== undefined && { assignee }) })
    .end();
type Started = Awaited<ReturnType<typeof startRun>>;
const taskKey = (run: Started) => run.keyOf('userTasks', 'work');
const assigneeOf = (run: Started) => run.live.userTasks.get(taskKey(run))?.assignee;
const answer = (run: Started, result: object) =>
  run.perform({ type: 'completeJob', jobKey: run.keyOf('jobs', 'work'), variables: {}, result });

describe('task listeners', () => {
  it('agree one after another before a task is completed', async () => {
    const run = await startRun(watched({ completing: ['first', 'second'] }));
    run.completeUserTask('work', { done: true });
    expect(run.status).toBe('active');
    expect(run.variables()).toEqual({});
    run.completeJob('work');
    expect(brokenLaws(run.live)).toEqual([]);
    run.completeJob('work');

    expect(run.status).toBe('completed');
    expect(run.variables()).toEqual({ done: true });
  });

  it('deny a completion, so that the task is open as before', async () => {
    const run = await startRun(watched({ completing: ['check'] }));
    run.completeUserTask('work', { done: true });
    answer(run, { denied: true, deniedReason: 'not signed' });

    expect(run.trace()).toContain('userTaskChangeReleased');
    expect(run.activeElements()).toEqual(['work']);
    expect(run.live.jobs.size).toBe(0);
    run.completeUserTask('work', { done: true });
    answer(run, {});
    expect(run.status).toBe('completed');
  });

  it('answer without variables, which would be lost', async () => {
    const run = await startRun(watched({ completing: ['check'] }));
    run.completeUserTask('work');
    const jobKey = run.keyOf('jobs', 'work');

    expect(run.rejectionOf({ type: 'completeJob', jobKey, variables: { a: 1 } })?.code).toBe('invalidArgument');
  });

  it('correct who is assigned', async () => {
    const run = await startRun(watched({ assigning: ['check'] }));
    run.perform({ type: 'assignUserTask', userTaskKey: taskKey(run), assignee: 'ann' });
    expect(assigneeOf(run)).toBeUndefined();
    answer(run, { corrections: { assignee: 'bob', priority: 80 } });

    expect(assigneeOf(run)).toBe('bob');
    expect(run.events).toContainEqual(expect.objectContaining({ type: 'userTaskUpdated', changes: { priority: 80 } }));
  });

  it('are asked about the assignee that the model names, and may leave the task without one', async () => {
    const run = await startRun(watched({ creating: ['made'], assigning: ['check'] }, 'ann'));
    expect(assigneeOf(run)).toBeUndefined();
    answer(run, {});
    answer(run, { denied: true });

    expect(assigneeOf(run)).toBeUndefined();
    expect(run.rejectionOf({ type: 'assignUserTask', userTaskKey: taskKey(run), assignee: 'cid' })).toBeUndefined();
  });

  it('hold other changes back while they are asked', async () => {
    const run = await startRun(watched({ updating: ['check'] }));
    run.perform({ type: 'updateUserTask', userTaskKey: taskKey(run), changes: { priority: 10 } });
    const userTaskKey = taskKey(run);

    expect(run.rejectionOf({ type: 'completeUserTask', userTaskKey, variables: {} })).toMatchObject({
      code: 'invalidState',
    });
    answer(run, {});
    run.completeUserTask('work');
    expect(run.status).toBe('completed');
  });

  it('cannot deny what is being created', async () => {
    const run = await startRun(watched({ creating: ['made'] }));
    const jobKey = run.keyOf('jobs', 'work');

    expect(run.rejectionOf({ type: 'completeJob', jobKey, variables: {}, result: { denied: true } })).toMatchObject({
      code: 'invalidArgument',
    });
  });

  it('end with their task when it is interrupted', async () => {
    const run = await startRun(
      watched({ completing: ['check'] })
        .boundary('stop', 'work', { signal: 'alarm' })
        .end('stopped'),
    );
    run.completeUserTask('work');
    run.signal('alarm');

    expect(run.status).toBe('completed');
    expect(run.live.jobs.size).toBe(0);
  });
});

describe('a lane', () => {
  it('offers a task that names nobody to its role', async () => {
    const inLane = (task: string) =>
      `<bpmn:laneSet id="lanes"><bpmn:lane id="lane" name="信访办"><bpmn:flowNodeRef>${task}</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>`;
    const { parseBpmn } = await import('#bpmn');
    const { xml } = model('p').start().userTask('work').userTask('own', { groups: 'leaders' }).end();
    const laned = xml.replace('<bpmn:startEvent', `${inLane('work')}<bpmn:startEvent`);
    const [definition] = (await parseBpmn(laned)).processes;
    const run = await startRun(definition ?? model('none'));
    run.completeUserTask('work');

    const groups = run.events.flatMap((event) => (event.type === 'userTaskCreated' ? [event.candidateGroups] : []));
    expect(groups).toEqual([['信访办'], ['leaders']]);
  });
});
