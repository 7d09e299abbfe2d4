import { model, startRun, type CallOptions } from '#testing';

const order = (options: Partial<CallOptions> = {}) =>
  model('order')
    .start()
    .callActivity('ship', { process: 'shipping', ...options })
    .end();

describe('call activity', () => {
  it('asks for the process with all variables and takes all of the result', async () => {
    const run = await startRun(order(), { no: 7 });
    const elementInstanceKey = run.elementKey('ship');

    run.perform({ type: 'completeCalledProcess', elementInstanceKey, variables: { sent: true } });

    expect(run.events.find(({ type }) => type === 'processCallRequested')).toMatchObject({
      bpmnProcessId: 'shipping',
      bindingType: 'latest',
      variables: { no: 7 },
    });
    expect(run.variables()).toEqual({ no: 7, sent: true });
    expect(run.status).toBe('completed');
  });

  it('passes only its inputs and takes only its outputs where it says so', async () => {
    const run = await startRun(
      order({ allParentVariables: false, allChildVariables: false, inputs: { id: '=no' }, outputs: { done: '=sent' } }),
      { no: 7 },
    );

    run.perform({
      type: 'completeCalledProcess',
      elementInstanceKey: run.elementKey('ship'),
      variables: { sent: true, noise: 1 },
    });

    expect(run.events.find(({ type }) => type === 'processCallRequested')).toMatchObject({ variables: { id: 7 } });
    expect(run.variables()).toEqual({ no: 7, done: true });
  });

  it('takes nothing where neither outputs nor propagation say so', async () => {
    const run = await startRun(order({ allChildVariables: false }), { no: 7 });

    run.perform({
      type: 'completeCalledProcess',
      elementInstanceKey: run.elementKey('ship'),
      variables: { sent: true },
    });

    expect(run.variables()).toEqual({ no: 7 });
  });

  it('is interrupted by an error of the called process', async () => {
    const run = await startRun(order().boundary('lost', 'ship', { error: 'LOST' }).end('sorry'));

    run.perform({ type: 'throwCalledProcessError', elementInstanceKey: run.elementKey('ship'), errorCode: 'LOST' });

    expect(run.flowsTaken()).toEqual(['start->ship', 'lost->sorry']);
  });

  it('cancels the called process when its scope is terminated', async () => {
    const run = await startRun(order());

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.trace()).toContain('processCallCanceled');
    expect(run.live.calls.size).toBe(0);
  });

  it('stops where the process could not be started, and asks again', async () => {
    const run = await startRun(order());
    const elementInstanceKey = run.elementKey('ship');

    run.perform({
      type: 'failCalledProcess',
      elementInstanceKey,
      errorMessage: 'Expected process "shipping" to be deployed.',
    });
    const tooLate = run.rejectionOf({ type: 'completeCalledProcess', elementInstanceKey, variables: {} });
    run.resolveIncident('ship');
    run.perform({ type: 'completeCalledProcess', elementInstanceKey, variables: {} });

    expect(tooLate?.code).toBe('invalidState');
    expect(run.events.filter(({ type }) => type === 'processCallRequested')).toHaveLength(2);
    expect(run.status).toBe('completed');
  });
});
