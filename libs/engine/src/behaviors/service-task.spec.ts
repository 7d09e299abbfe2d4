import { model, startRun, traceOf } from '#testing';

const order = () => model('order').start().serviceTask('pay', { type: '="pay-" + kind', retries: '2' }).end();

describe('service task', () => {
  it('offers a job and goes on when a worker completes it', async () => {
    const run = await startRun(order(), { kind: 'card' });

    run.completeJob('pay', { paid: true });

    expect(run.events.find(({ type }) => type === 'jobCreated')).toMatchObject({ jobType: 'pay-card', retries: 2 });
    expect(run.variables()).toEqual({ kind: 'card', paid: true });
    expect(run.status).toBe('completed');
  });

  it('is interrupted by a BPMN error that its boundary catches', async () => {
    const run = await startRun(order().boundary('denied', 'pay', { error: 'DENIED' }).end('sorry'), { kind: 'card' });

    const events = run.throwJobError('pay', 'DENIED', { reason: 'empty' });

    expect(traceOf(events).slice(0, 6)).toEqual([
      'jobErrorThrown',
      'pay terminating',
      'pay terminated',
      'denied activating',
      'variables reason',
      'denied activated',
    ]);
    expect(run.flowsTaken()).toEqual(['start->pay', 'denied->sorry']);
  });

  it('cancels its job when its scope is terminated', async () => {
    const run = await startRun(order(), { kind: 'card' });

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.trace()).toContain('jobCanceled');
    expect(run.live.jobs.size).toBe(0);
  });

  it('raises an incident without retries, and goes on with new ones', async () => {
    const run = await startRun(order(), { kind: 'card' });
    const jobKey = run.keyOf('jobs', 'pay');
    run.failJob('pay', 0);
    const incidentKey = run.keyOf('incidents', 'pay');

    const tooEarly = run.rejectionOf({ type: 'resolveIncident', incidentKey });
    run.perform({ type: 'updateJobRetries', jobKey, retries: 1 });
    run.resolveIncident('pay');
    run.completeJob('pay');

    expect(tooEarly).toEqual({
      code: 'invalidState',
      message: `Expected job ${jobKey} to have retries left but it has none.`,
    });
    expect(run.status).toBe('completed');
  });

  it.each([0, 1.5, 3_000_000_000])('raises an incident where its retries come to %s', async (attempts) => {
    const run = await startRun(model('order').start().serviceTask('pay', { retries: '=attempts' }).end(), { attempts });
    const stuck = run.incidents();

    run.perform({
      type: 'setVariables',
      scopeKey: run.live.processInstanceKey,
      variables: { attempts: 2 },
      local: true,
    });
    run.resolveIncident('pay');

    expect(stuck).toEqual(['pay EXTRACT_VALUE_ERROR']);
    expect(run.events.filter(({ type }) => type === 'jobCreated')).toMatchObject([{ retries: 2 }]);
  });

  it('waits before the next attempt as the worker asks', async () => {
    const run = await startRun(order(), { kind: 'card' });

    const jobKey = run.keyOf('jobs', 'pay');
    const events = run.perform({ type: 'failJob', jobKey, retries: 1, errorMessage: 'busy', retryBackoffMs: 5_000 });

    expect(events).toEqual([
      { version: 1, type: 'jobFailed', jobKey, retries: 1, errorMessage: 'busy', retryAt: run.now + 5_000 },
    ]);
  });

  it('says in the incident what was expected where the worker did not say why it failed', async () => {
    const run = await startRun(order(), { kind: 'card' });
    const jobKey = run.keyOf('jobs', 'pay');

    const events = run.perform({ type: 'failJob', jobKey, retries: 0, errorMessage: '' });

    expect(events).toMatchObject([
      { type: 'jobFailed', errorMessage: '' },
      {
        type: 'incidentCreated',
        errorMessage: `Expected job ${jobKey} to be completed but it failed, has no retries left, and its worker gave no reason.`,
      },
    ]);
  });

  it('offers the work again after an error that nobody caught', async () => {
    const run = await startRun(order(), { kind: 'card' });

    run.throwJobError('pay', 'DENIED');
    const stuck = run.incidents();
    run.resolveIncident('pay');
    run.completeJob('pay');

    expect(stuck).toEqual(['pay UNHANDLED_ERROR_EVENT']);
    expect(run.status).toBe('completed');
  });
});
