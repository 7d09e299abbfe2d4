import { model, startRun, traceOf } from '#testing';

describe('user task', () => {
  it('waits for a person and goes on when completed', async () => {
    const run = await startRun(model('order').start().userTask('check').end());

    const events = run.completeUserTask('check', { checked: true });

    expect(traceOf(events)).toEqual([
      'userTaskCompleted',
      'variables checked',
      'check completing',
      'check completed',
      'flow check->end',
      'end activating',
      'end activated',
      'end completing',
      'end completed',
      'order completing',
      'order completed',
      'processInstanceCompleted',
    ]);
    expect(run.variables()).toEqual({ checked: true });
  });

  it('carries assignee, candidates, dates, priority and form', async () => {
    const definition = model('order').start().userTask('check', {
      form: 'F01',
      assignee: '=owner',
      groups: 'clerks, leaders',
      users: '=[owner, "anna"]',
      due: '=now() + duration("PT2H")',
      followUp: '2026-03-03T08:00:00+08:00',
      priority: '=70 + 1',
    });

    const run = await startRun(definition, { owner: 'bob' });

    expect(run.events.find(({ type }) => type === 'userTaskCreated')).toMatchObject({
      formId: 'F01',
      assignee: 'bob',
      candidateGroups: ['clerks', 'leaders'],
      candidateUsers: ['bob', 'anna'],
      dueAt: run.now + 7_200_000,
      followUpAt: Date.parse('2026-03-03T08:00:00+08:00'),
      priority: 71,
    });
  });

  it('is assigned, reassigned and changed', async () => {
    const run = await startRun(model('order').start().userTask('check'));
    const userTaskKey = run.keyOf('userTasks', 'check');

    run.perform({ type: 'assignUserTask', userTaskKey, assignee: 'anna' });
    const refused = run.rejectionOf({ type: 'assignUserTask', userTaskKey, assignee: 'bob', allowOverride: false });
    run.perform({ type: 'updateUserTask', userTaskKey, changes: { priority: 90 } });

    expect(refused).toEqual({
      code: 'invalidState',
      message: `Expected user task ${userTaskKey} to have no assignee but it is assigned to anna.`,
    });
    expect(run.live.userTasks.get(userTaskKey)?.assignee).toBe('anna');
    expect(run.rejectionOf({ type: 'updateUserTask', userTaskKey, changes: { priority: 101 } })?.code).toBe(
      'invalidArgument',
    );
  });

  it('is canceled when a boundary timer interrupts it', async () => {
    const definition = model('order')
      .start()
      .userTask('check')
      .end()
      .boundary('late', 'check', { timer: { duration: 'PT1H' } })
      .end('tooLate');
    const run = await startRun(definition);

    run.advance(3_600_000);

    expect(run.trace()).toContain('userTaskCanceled');
    expect(run.flowsTaken()).toEqual(['start->check', 'late->tooLate']);
    expect(run.status).toBe('completed');
  });

  it('is canceled when its scope is terminated', async () => {
    const run = await startRun(model('order').start().userTask('check').end());

    const events = run.perform({ type: 'cancelProcessInstance', by: 'admin' });

    expect(traceOf(events)).toEqual([
      'order terminating',
      'check terminating',
      'userTaskCanceled',
      'check terminated',
      'order terminated',
      'processInstanceTerminated',
    ]);
  });

  it('stops with an incident where an expression gives the wrong type, and is tried again', async () => {
    const run = await startRun(model('order').start().userTask('check', { assignee: '=owner' }), { owner: 5 });
    const stuck = run.incidents();

    run.perform({
      type: 'setVariables',
      scopeKey: run.live.processInstanceKey,
      variables: { owner: 'anna' },
      local: true,
    });
    run.resolveIncident('check');

    expect(stuck).toEqual(['check EXTRACT_VALUE_ERROR']);
    expect(run.incidents()).toEqual([]);
    expect(run.live.userTasks.values()).toEqual([expect.objectContaining({ assignee: 'anna' })]);
  });

  it('is not completed twice', async () => {
    const run = await startRun(model('order').start().userTask('check').userTask('next'));
    const userTaskKey = run.keyOf('userTasks', 'check');

    run.completeUserTask('check');

    expect(run.rejectionOf({ type: 'completeUserTask', userTaskKey, variables: {} })?.code).toBe('notFound');
  });
});
