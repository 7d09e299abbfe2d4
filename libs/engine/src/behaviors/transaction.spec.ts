import { model, startRun, type ModelBuilder } from '#testing';

const order = (inner: (builder: ModelBuilder) => ModelBuilder) =>
  model('order')
    .start()
    .transaction('deal', (builder) =>
      inner(builder.start('s').serviceTask('reserve').compensation('reserve', 'release'))
        .serviceTask('release', { isForCompensation: true })
        .at('reserve')
        .exclusiveGateway('paid', { no: '=not(paid)', yes: 'default' })
        .branch('no')
        .end('cancelled', { cancel: true })
        .branch('yes')
        .end('e'),
    )
    .end()
    .boundary('onCancel', 'deal', { cancel: true })
    .userTask('explain')
    .end('end2');

describe('a transaction', () => {
  it('completes like a sub-process', async () => {
    const run = await startRun(order((builder) => builder));
    run.completeJob('reserve', { paid: true });

    expect(run.status).toBe('completed');
  });

  it('is cancelled: what runs ends, what completed is compensated, then it is left by its cancel event', async () => {
    const run = await startRun(order((builder) => builder));
    run.completeJob('reserve', { paid: false });

    expect(run.activeElements()).toEqual(['deal', 'release']);
    run.completeJob('release');
    expect(run.activeElements()).toEqual(['explain']);
    run.completeUserTask('explain');
    expect(run.status).toBe('completed');
    expect(run.flowsTaken()).not.toContain('deal->end');
  });

  it('ends parallel work and its listeners when it is cancelled', async () => {
    const parallel = model('order')
      .start()
      .transaction('deal', (inner) =>
        inner
          .start('s')
          .parallelGateway('fork', ['left', 'right'])
          .branch('left')
          .userTask('slow')
          .end('e1')
          .branch('right')
          .userTask('decide')
          .end('cancelled', { cancel: true })
          .eventSubProcess('watch', (own) => own.start('ws', { signal: 'alarm' }).end('we')),
      )
      .end()
      .boundary('onCancel', 'deal', { cancel: true })
      .userTask('explain')
      .end('end2');
    const run = await startRun(parallel);
    run.completeUserTask('decide');

    expect(run.activeElements()).toEqual(['explain']);
    expect(run.live.userTasks.size).toBe(1);
    expect(run.live.subscriptions.size).toBe(0);
  });

  it('is cancelled from a sub-process inside it', async () => {
    const nested = model('order')
      .start()
      .transaction('deal', (inner) =>
        inner
          .start('s')
          .subProcess('part', (deep) => deep.start('ds').end('cancelled', { cancel: true }))
          .end('e'),
      )
      .end()
      .boundary('onCancel', 'deal', { cancel: true })
      .userTask('explain')
      .end('end2');
    const run = await startRun(nested);

    expect(run.activeElements()).toEqual(['explain']);
  });

  it('does not compensate where it is left by an error (hazard)', async () => {
    const hazard = model('order')
      .start()
      .transaction('deal', (inner) =>
        inner
          .start('s')
          .serviceTask('reserve')
          .compensation('reserve', 'release')
          .serviceTask('release', { isForCompensation: true })
          .at('reserve')
          .end('broken', { error: 'broken' }),
      )
      .end()
      .boundary('onError', 'deal', { error: 'broken' })
      .userTask('repair')
      .end('end2');
    const run = await startRun(hazard);
    run.completeJob('reserve');

    expect(run.activeElements()).toEqual(['repair']);
  });

  it('compensates what completed in sub-processes that still run when it is cancelled, in reverse order', async () => {
    const nested = model('order')
      .start()
      .transaction('deal', (outer) =>
        outer
          .start('s')
          .serviceTask('reserve')
          .compensation('reserve', 'release')
          .serviceTask('release', { isForCompensation: true })
          .at('reserve')
          .subProcess(
            'pay',
            (inner) =>
              inner
                .start('s2')
                .serviceTask('charge')
                .compensation('charge', 'refund')
                .serviceTask('refund', { isForCompensation: true, inputs: { given: '=amount' } })
                .at('charge')
                .userTask('decide')
                .end('cancelled', { cancel: true }),
            { inputs: { amount: '=70' } },
          )
          .compensation('pay', 'never')
          .serviceTask('never', { isForCompensation: true })
          .at('pay')
          .end('e'),
      )
      .end()
      .boundary('onCancel', 'deal', { cancel: true })
      .end('end2');
    const run = await startRun(nested);
    run.completeJob('reserve');
    run.completeJob('charge');
    run.completeUserTask('decide');

    expect(run.activeElements()).toEqual(['deal', 'pay', 'refund']);
    expect(run.variables('refund')).toMatchObject({ given: 70 });
    run.completeJob('refund');
    expect(run.activeElements()).toEqual(['deal', 'release']);
    run.completeJob('release');
    expect(run.status).toBe('completed');
    expect(run.flowsTaken()).toContain('onCancel->end2');
  });

  it('does the same for each running instance of a multi-instance sub-process', async () => {
    const each = model('order')
      .start()
      .transaction('deal', (outer) =>
        outer
          .start('s')
          .subProcess(
            'item',
            (inner) =>
              inner
                .start('s2')
                .manualTask('take')
                .compensation('take', 'putBack')
                .serviceTask('putBack', { isForCompensation: true, inputs: { which: '=loopCounter' } })
                .at('take')
                .userTask('decide')
                .exclusiveGateway('good', { no: '=bad', yes: 'default' })
                .branch('no')
                .end('cancelled', { cancel: true })
                .branch('yes')
                .end('e2'),
            { multiInstance: { cardinality: '2' } },
          )
          .end('e'),
      )
      .end()
      .boundary('onCancel', 'deal', { cancel: true })
      .end('end2');
    const run = await startRun(each);
    run.completeUserTask('decide', { bad: true });
    const order = [run.variables('putBack')['which']];
    run.completeJob('putBack');
    order.push(run.variables('putBack')['which']);
    run.completeJob('putBack');

    expect(order.toSorted()).toEqual([1, 2]);
    expect(run.status).toBe('completed');
  });
});
