import { model, startRun, type ModelBuilder } from '#testing';

type Inner = (builder: ModelBuilder) => ModelBuilder;

/** A service task that completes at once and is compensated by a job of the name of its handler. */
const done = (builder: ModelBuilder, id: string): ModelBuilder =>
  builder.manualTask(id).compensation(id, `undo-${id}`).serviceTask(`undo-${id}`, { isForCompensation: true }).at(id);

const deal = (inner: Inner) =>
  model('order')
    .start()
    .transaction('deal', inner)
    .end()
    .boundary('onCancel', 'deal', { cancel: true })
    .userTask('explain')
    .end('left');

describe('a transaction that is cancelled while something in it compensates', () => {
  it('compensates also what a throwing event had taken and not yet begun', async () => {
    const run = await startRun(
      deal((inner) =>
        inner
          .start('s')
          .parallelGateway('fork', ['go', 'stop'])
          .branch('go')
          .subProcess('part', (part) =>
            done(done(part.start('ps'), 'one'), 'two')
              .userTask('undo')
              .throwEvent('throw', { compensate: '' })
              .end('pe'),
          )
          .end('e1')
          .branch('stop')
          .userTask('decide')
          .end('cancelled', { cancel: true }),
      ),
    );
    run.completeUserTask('undo');
    const begun = run.activeElements();

    run.completeUserTask('decide');
    const compensating = run.activeElements();
    run.completeJob('undo-one');

    expect(begun).toContain('undo-two');
    expect(compensating).toEqual(['deal', 'part', 'undo-one']);
    expect(run.activeElements()).toEqual(['explain']);
  });

  it('compensates also what is left in a sub-process that was made again for its compensation', async () => {
    const run = await startRun(
      deal((inner) =>
        inner
          .start('s')
          .parallelGateway('fork', ['go', 'stop'])
          .branch('go')
          .subProcess('part', (part) => done(done(part.start('ps'), 'one'), 'two').end('pe'))
          .userTask('undo')
          .throwEvent('throw', { compensate: '' })
          .end('e1')
          .branch('stop')
          .userTask('decide')
          .end('cancelled', { cancel: true }),
      ),
    );
    run.completeUserTask('undo');
    const begun = run.activeElements();

    run.completeUserTask('decide');
    const compensating = run.activeElements();
    run.completeJob('undo-one');

    expect(begun).toContain('undo-two');
    expect(compensating).toEqual(['deal', 'part', 'undo-one']);
    expect(run.activeElements()).toEqual(['explain']);
  });
});

describe('cancel in one instance of a multi-instance transaction', () => {
  const each = (sequential: boolean, loop: { cardinality: string; condition?: string } = { cardinality: '2' }) =>
    model('order')
      .start()
      .transaction(
        'deal',
        (inner) =>
          done(inner.start('s'), 'reserve')
            .userTask('decide')
            .exclusiveGateway('good', { no: '=bad', yes: 'default' })
            .branch('no')
            .end('cancelled', { cancel: true })
            .branch('yes')
            .end('e2'),
        { multiInstance: { ...loop, sequential } },
      )
      .userTask('after')
      .end()
      .boundary('onCancel', 'deal', { cancel: true })
      .userTask('explain')
      .end('left');

  it('ends that instance only: the others go on, and the activity completes with them', async () => {
    const run = await startRun(each(false));
    run.completeUserTask('decide', { bad: true });
    run.completeJob('undo-reserve');
    const between = run.activeElements();

    run.completeUserTask('decide', { bad: false });

    expect(between).toEqual(['deal', 'deal', 'decide', 'explain']);
    expect(run.activeElements()).toEqual(['explain', 'after']);
  });

  it('lets the next one begin where they run one after the other', async () => {
    const run = await startRun(each(true));
    run.completeUserTask('decide', { bad: true });
    run.completeJob('undo-reserve');

    expect(run.activeElements().toSorted()).toEqual(['deal', 'deal', 'decide', 'explain']);
  });

  it('counts it for the completion condition', async () => {
    const counts = '=[numberOfActiveInstances, numberOfCompletedInstances, numberOfTerminatedInstances] = [1, 1, 1]';
    const run = await startRun(each(false, { cardinality: '3', condition: counts }));
    run.completeUserTask('decide', { bad: true });
    run.completeJob('undo-reserve');

    run.completeUserTask('decide', { bad: false });

    expect(run.activeElements()).toEqual(['explain', 'after']);
  });

  it('does not complete the activity where every instance was cancelled', async () => {
    const run = await startRun(each(false));
    run.completeUserTask('decide', { bad: true });
    run.completeJob('undo-reserve');
    run.completeUserTask('decide', { bad: true });
    run.completeJob('undo-reserve');

    expect(run.activeElements()).toEqual(['explain', 'explain']);
    expect(run.flowsTaken()).not.toContain('deal->after');
  });
});
