import { model, startRun } from '#testing';

describe('script task', () => {
  it('keeps the value of its expression', async () => {
    const run = await startRun(model('order').start().scriptTask('sum', '=amount * 2', 'total').end(), { amount: 21 });

    expect(run.variables()).toEqual({ amount: 21, total: 42 });
  });

  it('stores temporal values as ISO text', async () => {
    const run = await startRun(
      model('order')
        .start()
        .scriptTask('when', '={due: now() + duration("PT1H"), wait: duration("PT90M")}', 'plan')
        .end(),
    );

    expect(run.variables()).toEqual({ plan: { due: expect.stringMatching(/^2026-03-02T09:00:00/), wait: 'PT1H30M' } });
  });

  it('maps its result where it says how', async () => {
    const run = await startRun(
      model('order')
        .start()
        .scriptTask('sum', '=1 + 1', 'n', { outputs: { 'bill.total': '=n' } })
        .end(),
    );

    expect(run.variables()).toEqual({ bill: { total: 2 } });
  });

  it('stops where its expression takes too long, and is evaluated anew when it is tried again', async () => {
    const definition = model('order').start().scriptTask('long', '=count(for i in 1..size return i)', 'n').end();
    const run = await startRun(definition, { size: 100_000_000 });
    const stuck = run.incidents();

    run.perform({ type: 'setVariables', scopeKey: run.live.processInstanceKey, variables: { size: 2 }, local: true });
    run.resolveIncident('long');

    expect(stuck).toEqual(['long EXTRACT_VALUE_ERROR']);
    expect(run.variables()).toEqual({ size: 2, n: 2 });
    expect(run.status).toBe('completed');
  });
});
