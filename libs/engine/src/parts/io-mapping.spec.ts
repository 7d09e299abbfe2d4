import { model, startRun } from '#testing';

describe('variables', () => {
  it('are local to the element where an input mapping makes them', async () => {
    const run = await startRun(
      model('order')
        .start()
        .serviceTask('pay', { inputs: { sum: '=amount * 2', 'card.no': '=no' } }),
      { amount: 4, no: 7 },
    );

    expect(run.variables('pay')).toEqual({ sum: 8, card: { no: 7 } });
    expect(run.variables()).toEqual({ amount: 4, no: 7 });
  });

  it('go to the nearest scope that has them, else to the root', async () => {
    const definition = model('order')
      .start()
      .subProcess('pack', (inner) => inner.start('begin').serviceTask('wrap').userTask('hold').end('done'), {
        inputs: { color: '="red"' },
      });
    const run = await startRun(definition);

    run.completeJob('wrap', { color: 'blue', size: 3 });

    expect(run.variables('pack')).toEqual({ color: 'blue' });
    expect(run.variables()).toEqual({ size: 3 });
  });

  it('of a job stay in the element where output mappings choose', async () => {
    const definition = model('order')
      .start()
      .serviceTask('pay', { outputs: { result: '=state', twice: '=result + result' } })
      .end();
    const run = await startRun(definition);

    run.completeJob('pay', { state: 'ok', noise: 1 });

    expect(run.variables()).toEqual({ result: 'ok', twice: 'okok' });
  });

  it('are set where somebody asks, local or propagated', async () => {
    const definition = model('order')
      .start()
      .subProcess('pack', (inner) => inner.start('begin').userTask('wrap').end('done'));
    const run = await startRun(definition, { a: 1 });
    const scopeKey = run.elementKey('pack');

    run.perform({ type: 'setVariables', scopeKey, variables: { a: 2 }, local: false });
    run.perform({ type: 'setVariables', scopeKey, variables: { a: 3 }, local: true });

    expect(run.variables()).toEqual({ a: 2 });
    expect(run.variables('pack')).toEqual({ a: 3 });
  });
});
