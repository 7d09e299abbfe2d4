import { brokenLaws, model, startRun } from '#testing';

const watched = model('p')
  .start()
  .userTask('work', {
    inputs: { amount: '=total' },
    outputs: { result: '=answer' },
    startListeners: ['prepare', 'check'],
    endListeners: ['archive'],
  })
  .end();
const jobTypes = (run: Awaited<ReturnType<typeof startRun>>) =>
  run.events.flatMap((event) => (event.type === 'jobCreated' ? [event.jobType] : []));

describe('execution listeners', () => {
  it('run one after another before the element begins and after its outputs are mapped', async () => {
    const run = await startRun(watched, { total: 5 });
    expect(jobTypes(run)).toEqual(['prepare']);
    expect(run.live.userTasks.size).toBe(0);
    run.completeJob('work', { amount: 6 });
    run.completeJob('work');
    expect(run.variables('work')).toMatchObject({ amount: 6 });
    run.completeUserTask('work', { answer: 'yes' });
    expect(run.variables()).toMatchObject({ result: 'yes' });
    expect(brokenLaws(run.live)).toEqual([]);
    run.completeJob('work', { archived: true });

    expect(jobTypes(run)).toEqual(['prepare', 'check', 'archive']);
    expect(run.status).toBe('completed');
    expect(run.variables()).toMatchObject({ archived: true, total: 5 });
  });

  it('stop the element with an incident when their retries are used up', async () => {
    const run = await startRun(watched, { total: 5 });
    run.failJob('work', 0);
    expect(run.incidents()).toEqual(['work JOB_NO_RETRIES']);
    run.perform({ type: 'updateJobRetries', jobKey: run.keyOf('jobs', 'work'), retries: 1 });
    run.resolveIncident('work');
    run.completeJob('work');
    run.completeJob('work');

    expect(run.live.userTasks.size).toBe(1);
  });

  it.each([['prepare'], ['archive']])(
    'cannot throw an error by the job "%s": nobody has begun, or all is over',
    async (type) => {
      const run = await startRun(
        model('p')
          .start()
          .userTask('work', type === 'prepare' ? { startListeners: [type] } : { endListeners: [type] })
          .end()
          .boundary('caught', 'work', { error: '' })
          .end('e2'),
      );
      if (type === 'archive') run.completeUserTask('work');

      const jobKey = run.keyOf('jobs', 'work');
      expect(run.rejectionOf({ type: 'throwJobError', jobKey, errorCode: 'broken' })).toMatchObject({
        code: 'invalidState',
        message: expect.stringContaining('execution listener'),
      });
    },
  );

  it('are not asked twice when a step pauses', async () => {
    const run = await startRun(watched, { total: 5 }, { maxInstructions: 1 });
    run.completeJob('work');
    run.completeJob('work');
    run.completeUserTask('work', { answer: 1 });
    run.completeJob('work');

    expect(jobTypes(run)).toEqual(['prepare', 'check', 'archive']);
    expect(run.status).toBe('completed');
  });
});
