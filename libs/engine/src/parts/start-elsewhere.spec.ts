import { replay } from '#engine';
import { model, Run, startRun } from '#testing';
import type { ModelBuilder } from '#testing';

const order = () =>
  model('order')
    .start()
    .userTask('check')
    .subProcess('pack', (inner) => inner.start('begin').userTask('wrap').userTask('label').end('packed'), {
      inputs: { size: '=amount * 2' },
    })
    .userTask('send')
    .end();

describe('a process instance that starts at elements that are named', () => {
  const startAt = (source: ModelBuilder, startElementIds: readonly string[], variables = { amount: 1 }) =>
    startRun(source, variables, { startElementIds });

  it('begins there and goes on to the end', async () => {
    const run = await startAt(order(), ['send']);

    expect(run.activeElements()).toEqual(['send']);
    expect(run.events[0]).toMatchObject({ type: 'processInstanceCreated', startElementIds: ['send'] });
    run.completeUserTask('send');
    expect(run.status).toBe('completed');
    expect(run.variables()).toEqual({ amount: 1 });
  });

  it('makes the scope around them once, with its inputs', async () => {
    const run = await startAt(order(), ['label', 'send', 'wrap', 'send']);

    expect(run.activeElements()).toEqual(['pack', 'label', 'send', 'wrap', 'send']);
    expect(run.variables('pack')).toEqual({ size: 2 });
  });

  it('listens to the event sub-processes of the process', async () => {
    const watched = order().eventSubProcess('alarm', (inner) =>
      inner
        .start('alarmed', { message: { name: 'alarm', key: '="k"' } })
        .userTask('calm')
        .end('calmed'),
    );
    const run = await startAt(watched, ['send']);

    run.correlate('alarm');

    expect(run.activeElements()).toEqual(['alarm', 'calm']);
  });

  it('begins a multi-instance as a whole', async () => {
    const run = await startAt(eachItem(), ['item'], { items: [1, 2] } as never);

    expect(run.activeElements()).toEqual(['item', 'item', 'item', 'wrap', 'wrap']);
  });

  it('begins where the process has no none start event', async () => {
    const run = await startAt(
      model('told')
        .start('heard', { message: { name: 'told' } })
        .userTask('act')
        .end(),
      ['act'],
    );

    expect(run.activeElements()).toEqual(['act']);
  });

  it('begins at a start event as if none but that were there', async () => {
    const run = await startAt(order(), ['start']);

    expect(run.activeElements()).toEqual(['check']);
  });

  it('comes to the same state from its events', async () => {
    const run = await startAt(order(), ['label', 'send']);

    expect(replay(run.events)).toEqual(run.state);
  });

  it.each([
    ['an element that is not there', order, ['send', 'nothing'], /an element of process "order" but found "nothing"/],
    ['the process', order, ['order'], /"order" cannot: a process is started/],
    ['a start event beside another element', order, ['start', 'send'], /"start" cannot: it is a start event/],
    ['a start event of a sub-process', order, ['begin'], /"begin" cannot: it is a start event/],
    [
      'a boundary event',
      () => order().boundary('late', 'check', { timer: { duration: 'PT1H' } }),
      ['late'],
      /"late" cannot: it is a boundary event/,
    ],
    [
      'the inside of a multi-instance',
      eachItem,
      ['wrap'],
      /multi-instance "item" around "wrap".*Activate "item" itself/,
    ],
    ['no element at all', order, [], /at least one element to begin at/],
  ])('refuses %s', async (_name, source, startElementIds, message) => {
    const run = new Run(await source().build());

    expect(
      run.rejectionOf({
        type: 'createProcessInstance',
        processInstanceKey: '1000',
        processDefinitionKey: '1',
        version: 1,
        variables: { amount: 1 },
        startElementIds,
      }),
    ).toMatchObject({ code: 'invalidArgument', message: expect.stringMatching(message) });
  });

  it('is refused where the process cannot listen to what it waits for', async () => {
    const watched = order().eventSubProcess('alarm', (inner) =>
      inner
        .start('alarmed', { message: { name: 'alarm', key: '=nowhere' } })
        .userTask('calm')
        .end('calmed'),
    );

    await expect(startAt(watched, ['send'])).rejects.toThrow(/Expected scope "order" to be ready/);
  });
});

function eachItem(): ModelBuilder {
  return model('items')
    .start()
    .subProcess('item', (inner) => inner.start('begin').userTask('wrap').end('packed'), {
      multiInstance: { collection: '=items' },
    })
    .end();
}
