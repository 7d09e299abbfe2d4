import { model, startRun } from '#testing';

const order = () =>
  model('order')
    .start()
    .userTask('check')
    .subProcess('pack', (inner) => inner.start('begin').userTask('wrap').userTask('label').end('packed'), {
      inputs: { size: '=2' },
    })
    .userTask('send')
    .end();

const eachItem = () =>
  model('items')
    .start()
    .subProcess('item', (inner) => inner.start('begin').userTask('wrap').userTask('label').end('packed'), {
      multiInstance: { collection: '=items', element: 'item' },
    })
    .userTask('send')
    .end();

describe('modification of a process instance', () => {
  it('begins an element in a scope that it makes, and ends another', async () => {
    const run = await startRun(order());

    const events = run.perform({
      type: 'modifyProcessInstance',
      activate: [{ elementId: 'label' }],
      terminate: [run.elementKey('check')],
      by: 'operator',
    });

    expect(events[0]).toMatchObject({ type: 'processInstanceModified', by: 'operator' });
    expect(run.activeElements()).toEqual(['pack', 'label']);
    expect(run.variables('pack')).toEqual({ size: 2 });
    run.completeUserTask('label');
    expect(run.activeElements()).toEqual(['send']);
  });

  it('begins in the scope that runs', async () => {
    const run = await startRun(order());
    run.completeUserTask('check');

    run.perform({ type: 'modifyProcessInstance', activate: [{ elementId: 'label' }] });

    expect(run.activeElements()).toEqual(['pack', 'wrap', 'label']);
  });

  it('makes the scopes anew below a named ancestor', async () => {
    const run = await startRun(order());
    run.completeUserTask('check');

    run.perform({
      type: 'modifyProcessInstance',
      activate: [{ elementId: 'label', ancestorElementInstanceKey: run.live.processInstanceKey }],
    });

    expect(run.activeElements()).toEqual(['pack', 'wrap', 'pack', 'label']);
  });

  it('sets variables of the process, of a scope and of the element before it begins', async () => {
    const run = await startRun(order());

    run.perform({
      type: 'modifyProcessInstance',
      activate: [
        {
          elementId: 'wrap',
          variables: [
            { variables: { urgent: true } },
            { scopeId: 'pack', variables: { box: 'red' } },
            { scopeId: 'wrap', variables: { note: 'x' } },
          ],
        },
      ],
    });

    expect(run.variables()).toEqual({ urgent: true });
    expect(run.variables('pack')).toEqual({ box: 'red', size: 2 });
    expect(run.variables('wrap')).toEqual({ note: 'x' });
  });

  it('moves every instance of an element within its own scope', async () => {
    const run = await startRun(eachItem(), { items: [1, 2] });

    run.perform({ type: 'modifyProcessInstance', move: [{ sourceElementId: 'wrap', targetElementId: 'label' }] });

    expect(run.activeElements()).toEqual(['item', 'item', 'item', 'label', 'label']);
    run.completeUserTask('label');
    run.completeUserTask('label');
    expect(run.activeElements()).toEqual(['send']);
  });

  it('ends a scope in which nothing is left, and with the last one the process', async () => {
    const run = await startRun(order());
    run.completeUserTask('check');

    run.perform({ type: 'modifyProcessInstance', terminate: [run.elementKey('wrap')] });

    expect(run.trace().slice(-9)).toEqual([
      'processInstanceModified',
      'wrap terminating',
      'userTaskCanceled',
      'wrap terminated',
      'pack terminating',
      'pack terminated',
      'order terminating',
      'order terminated',
      'processInstanceTerminated',
    ]);
  });

  it('lets a multi-instance complete when what is left of it has', async () => {
    const run = await startRun(eachItem(), { items: [1, 2] });

    run.perform({ type: 'modifyProcessInstance', terminate: [run.elementKey('wrap')] });
    run.completeUserTask('wrap');
    run.completeUserTask('label');

    expect(run.activeElements()).toEqual(['send']);
  });

  it('takes the tokens that wait when a joining gateway is activated', async () => {
    const run = await startRun(
      model('join')
        .start()
        .parallelGateway('fork', ['left', 'right'])
        .branch('left')
        .userTask('a')
        .parallelGateway('meet')
        .userTask('after')
        .end()
        .branch('right')
        .userTask('b')
        .connectTo('meet'),
    );
    run.completeUserTask('a');

    run.perform({ type: 'modifyProcessInstance', move: [{ sourceElementId: 'b', targetElementId: 'meet' }] });

    expect(run.activeElements()).toEqual(['after']);
    expect(run.tokens()).toEqual({});
  });

  describe('refuses', () => {
    const refusal = async (source: Parameters<typeof startRun>[0], instruction: object, variables = {}) => {
      const run = await startRun(source, variables);
      const rejection = run.rejectionOf({ type: 'modifyProcessInstance', ...instruction });
      return `${rejection?.code}: ${rejection?.message}`;
    };

    it('an element that is not there', async () => {
      expect(await refusal(order(), { activate: [{ elementId: 'nothing' }] })).toBe(
        'invalidArgument: Expected an element of process "order" but found "nothing".',
      );
    });

    it('an instance that does not run', async () => {
      expect(await refusal(order(), { terminate: ['42'] })).toMatch(
        /^invalidArgument: Expected element instance 42 to be/,
      );
    });

    it('nothing at all', async () => {
      expect(await refusal(order(), {})).toMatch(/^invalidArgument: Expected at least one element/);
    });

    it('a start event', async () => {
      expect(await refusal(order(), { activate: [{ elementId: 'begin' }] })).toMatch(/activate what follows it/);
    });

    it('the process instance itself', async () => {
      expect(await refusal(order(), { terminate: ['1000'] })).toMatch(/Cancel it instead/);
    });

    it('an element inside a multi-instance that does not run', async () => {
      const source = model('later')
        .start()
        .userTask('check')
        .subProcess('item', (inner) => inner.start('begin').userTask('wrap').end('packed'), {
          multiInstance: { collection: '=items' },
        })
        .end();

      expect(await refusal(source, { activate: [{ elementId: 'wrap' }] })).toMatch(
        /^invalidArgument: Expected an active instance of the multi-instance "item"/,
      );
    });

    it('a scope that is not the only one', async () => {
      expect(await refusal(eachItem(), { activate: [{ elementId: 'label' }] }, { items: [1, 2] })).toMatch(
        /^invalidArgument: Expected one active instance of "item" around "label" but found 2 \(\d+, \d+\)/,
      );
    });

    it('an ancestor that is not around the element', async () => {
      const run = await startRun(order());

      const rejection = run.rejectionOf({
        type: 'modifyProcessInstance',
        activate: [{ elementId: 'send', ancestorElementInstanceKey: run.elementKey('check') }],
      });

      expect(rejection?.message).toMatch(/active scope around "send" \(order\) but found "check"/);
    });

    it('variables of a scope that is not around the element', async () => {
      const activate = [{ elementId: 'send', variables: [{ scopeId: 'pack', variables: { a: 1 } }] }];

      expect(await refusal(order(), { activate })).toMatch(/a scope around it \(order, send\) but found scope "pack"/);
    });

    it('to begin something in a scope that an event sub-process has interrupted', async () => {
      const run = await startRun(
        order().eventSubProcess('alarm', (inner) =>
          inner
            .start('alarmed', { message: { name: 'alarm', key: '="k"' } })
            .userTask('calm')
            .end('calmed'),
        ),
      );
      run.correlate('alarm');

      const rejection = run.rejectionOf({ type: 'modifyProcessInstance', activate: [{ elementId: 'send' }] });

      expect(rejection).toMatchObject({ code: 'invalidState', message: expect.stringMatching(/has interrupted it/) });
    });

    it('to end a called process that its caller waits for', async () => {
      const run = await startRun(order(), {}, { parent: { processInstanceKey: '7', elementInstanceKey: '8' } });

      const rejection = run.rejectionOf({ type: 'modifyProcessInstance', terminate: [run.elementKey('check')] });

      expect(rejection).toMatchObject({
        code: 'invalidState',
        message: expect.stringMatching(/Modify that one instead/),
      });
    });
  });
});
