import type { AdHocResult } from '#engine';
import { model, startRun, type Run } from '#testing';
import type { ModelBuilder } from '#testing';

type AdHocOptions = NonNullable<Parameters<ModelBuilder['adHoc']>[2]>;
const desk = (options: AdHocOptions = {}) =>
  model('desk')
    .start()
    .adHoc(
      'work',
      (inner) =>
        inner
          .userTask('read', { name: 'Read it', extensionProperties: { tool: 'reader' } })
          .userTask('file')
          .apart()
          .userTask('call'),
      { worker: 'decide', ...options },
    )
    .boundary('refused', 'work', { error: 'REFUSED' })
    .userTask('complain')
    .at('work')
    .userTask('after')
    .end();

const jobOf = (run: Run) => run.live.jobs.keys().at(-1) ?? '';
const decide = (run: Run, adHoc: AdHocResult, variables = {}) =>
  run.perform({ type: 'completeJob', jobKey: jobOf(run), variables, adHoc });
const activateElements = (...ids: readonly string[]): AdHocResult => ({
  activateElements: ids.map((elementId) => ({ elementId })),
});

describe('an ad-hoc sub-process whose worker decides', () => {
  it('tells its worker what can be chosen, and begins nothing by itself', async () => {
    const run = await startRun(desk());

    expect(run.activeElements()).toEqual(['work']);
    expect(run.events).toContainEqual(
      expect.objectContaining({ type: 'jobCreated', jobType: 'decide', isAdHoc: true }),
    );
    expect(run.live.variables.get(run.elementKey('work'))).toEqual({
      adHocSubProcessElements: [
        { elementId: 'read', elementName: 'Read it', properties: { tool: 'reader' } },
        { elementId: 'call' },
      ],
    });
  });

  it('asks its worker anew when a path has ended, not within it, until the condition is fulfilled', async () => {
    const run = await startRun(desk());
    decide(run, activateElements('read'));
    run.completeUserTask('read');
    expect(run.live.jobs.size).toBe(0);
    run.completeUserTask('file');
    expect(run.live.jobs.size).toBe(1);
    decide(run, { isCompletionConditionFulfilled: true });

    expect(run.activeElements()).toEqual(['after']);
  });

  it('replaces a job that is still open when another path ends', async () => {
    const run = await startRun(desk());
    decide(run, activateElements('call', 'call'));
    run.completeUserTask('call');
    const first = jobOf(run);
    run.completeUserTask('call');

    expect(run.live.jobs.keys()).toEqual([expect.not.stringMatching(first)]);
    expect(run.rejectionOf({ type: 'completeJob', jobKey: first, variables: {} })).toMatchObject({ code: 'notFound' });
  });

  it('gives the elements their variables, and those of the job to the instance', async () => {
    const run = await startRun(desk());
    decide(run, { activateElements: [{ elementId: 'call', variables: { number: 7 } }] }, { asked: true });

    expect(run.live.variables.get(run.elementKey('call'))).toEqual({ number: 7 });
    expect(run.variables()).toMatchObject({ asked: true });
  });

  it('waits for what still runs, and asks no more, when the condition is fulfilled', async () => {
    const run = await startRun(desk());
    decide(run, activateElements('call', 'read'));
    run.completeUserTask('call');
    decide(run, { isCompletionConditionFulfilled: true });
    expect(run.activeElements()).toEqual(['work', 'read']);
    run.completeUserTask('read');
    run.completeUserTask('file');

    expect(run.activeElements()).toEqual(['after']);
    expect(run.live.jobs.size).toBe(0);
  });

  it('ends what still runs where the worker says so', async () => {
    const run = await startRun(desk());
    decide(run, activateElements('call', 'read'));
    run.completeUserTask('call');
    decide(run, { isCompletionConditionFulfilled: true, isCancelRemainingInstances: true });

    expect(run.activeElements()).toEqual(['after']);
  });

  it('collects what its elements give', async () => {
    const run = await startRun(desk({ outputCollection: 'notes', outputElement: '=note' }));
    decide(run, activateElements('call', 'call'));
    run.completeUserTask('call', { note: 'a' });
    run.completeUserTask('call', { note: 'b' });
    decide(run, { isCompletionConditionFulfilled: true });

    expect(run.variables()['notes']).toEqual(['a', 'b']);
  });

  it('takes a choice of somebody else beside its job', async () => {
    const run = await startRun(desk());
    const elementInstanceKey = run.elementKey('work');
    run.perform({ type: 'activateAdHocElements', elementInstanceKey, elements: [{ elementId: 'call' }] });

    expect(run.activeElements()).toEqual(['work', 'call']);
    expect(run.live.jobs.size).toBe(1);
  });

  it('has its error caught at its boundary', async () => {
    const run = await startRun(desk());
    run.perform({ type: 'throwJobError', jobKey: jobOf(run), errorCode: 'REFUSED' });

    expect(run.activeElements()).toEqual(['complain']);
  });

  it('asks again when the incident of an error that nobody caught is resolved', async () => {
    const run = await startRun(desk());
    run.perform({ type: 'throwJobError', jobKey: jobOf(run), errorCode: 'OTHER' });
    expect(run.incidents()).toEqual(['work UNHANDLED_ERROR_EVENT']);
    expect(run.live.jobs.size).toBe(0);
    run.perform({ type: 'resolveIncident', incidentKey: run.keyOf('incidents', 'work') });

    expect(run.live.jobs.size).toBe(1);
  });

  it('names the incident of a job without retries after its kind', async () => {
    const run = await startRun(desk());
    run.perform({ type: 'failJob', jobKey: jobOf(run), retries: 0, errorMessage: 'broken' });

    expect(run.incidents()).toEqual(['work AD_HOC_SUB_PROCESS_NO_RETRIES']);
  });

  it('ends with the event sub-process that interrupts it', async () => {
    const run = await startRun(
      model('desk')
        .start()
        .adHoc(
          'work',
          (inner) =>
            inner
              .userTask('call')
              .eventSubProcess('stopped', (stop) =>
                stop.start('stop', { signal: 'stop' }).userTask('tidy').end('tidied'),
              ),
          { worker: 'decide' },
        )
        .userTask('after')
        .end(),
    );
    const [subscriptionKey = ''] = run.live.subscriptions.keys();
    run.perform({ type: 'receiveSignal', subscriptionKey, variables: {} });
    expect(run.live.jobs.size).toBe(0);
    run.completeUserTask('tidy');

    expect(run.activeElements()).toEqual(['after']);
  });

  it('goes on waiting for its worker when a modification ends the last of its elements', async () => {
    const run = await startRun(desk());
    const elementInstanceKey = run.elementKey('work');
    run.perform({ type: 'activateAdHocElements', elementInstanceKey, elements: [{ elementId: 'call' }] });
    run.perform({ type: 'modifyProcessInstance', terminate: [run.elementKey('call')] });

    expect(run.activeElements()).toEqual(['work']);
    expect(run.live.jobs.size).toBe(1);
  });

  it.each<[string, AdHocResult, string]>([
    ['an element inside a path', activateElements('file'), 'invalidArgument'],
    ['an unknown element', activateElements('nobody'), 'invalidArgument'],
    [
      'elements and the end at once',
      { ...activateElements('call'), isCompletionConditionFulfilled: true },
      'invalidArgument',
    ],
  ])('refuses a result with %s, and keeps the job', async (_name, adHoc, code) => {
    const run = await startRun(desk());

    expect(run.rejectionOf({ type: 'completeJob', jobKey: jobOf(run), variables: {}, adHoc })).toMatchObject({ code });
    expect(run.live.jobs.size).toBe(1);
  });

  it('refuses the result of a user task', async () => {
    const run = await startRun(desk());
    const result = { denied: true };

    expect(run.rejectionOf({ type: 'completeJob', jobKey: jobOf(run), variables: {}, result })).toMatchObject({
      code: 'invalidArgument',
    });
  });

  it('is not what the job of another element can answer', async () => {
    const run = await startRun(model('plain').start().serviceTask('charge').end());
    const command = { type: 'completeJob', jobKey: jobOf(run), variables: {}, adHoc: {} } as const;

    expect(run.rejectionOf(command)).toMatchObject({ code: 'invalidArgument' });
  });
});
