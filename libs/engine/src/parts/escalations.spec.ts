import { model, startRun, type EventOptions } from '#testing';

const order = (caught: EventOptions, end: EventOptions = {}) =>
  model('order')
    .start()
    .subProcess('work', (inner) =>
      inner.start('in').throwEvent('warn', { escalation: 'late' }).userTask('check').end('out', end),
    )
    .end()
    .boundary('caught', 'work', caught)
    .userTask('inform')
    .end('informed');

describe('escalation', () => {
  it('is caught without interrupting: both paths go on', async () => {
    const run = await startRun(order({ escalation: 'late', interrupting: false }));

    expect(run.activeElements().toSorted()).toEqual(['check', 'inform', 'work']);
  });

  it('is caught interrupting: what threw it goes on no more', async () => {
    const run = await startRun(order({ escalation: 'late' }));

    expect(run.activeElements()).toEqual(['inform']);
    expect(run.trace()).toContain('warn terminated');
    expect(run.flowsTaken()).not.toContain('warn->check');
  });

  it('goes to an event for every code where none is for its own', async () => {
    const run = await startRun(order({ escalation: '' }));

    expect(run.activeElements()).toEqual(['inform']);
  });

  it('has no effect where nobody catches it', async () => {
    const run = await startRun(order({ escalation: 'other' }));

    expect(run.activeElements().toSorted()).toEqual(['check', 'work']);
    expect(run.incidents()).toEqual([]);
  });

  it('is thrown by an end event, which then ends its path', async () => {
    const run = await startRun(order({ escalation: 'done', interrupting: false }, { escalation: 'done' }));

    run.completeUserTask('check');

    expect(run.activeElements()).toEqual(['inform']);
  });

  it('starts an event sub-process of the nearest scope', async () => {
    const definition = model('order')
      .start()
      .throwEvent('warn', { escalation: 'late' })
      .userTask('check')
      .end()
      .eventSubProcess('listener', (own) =>
        own.start('noticed', { escalation: 'late', interrupting: false }).userTask('inform').end('informed'),
      );

    const run = await startRun(definition);

    expect(run.activeElements().toSorted()).toEqual(['check', 'inform', 'listener']);
  });

  it('leaves a called process for its caller and both go on', async () => {
    const parent = { processInstanceKey: '1', elementInstanceKey: '2' };

    const called = await startRun(order({ escalation: 'other' }), {}, { parent });
    const caller = await startRun(
      model('caller')
        .start()
        .callActivity('call', { process: 'order' })
        .end()
        .boundary('caught', 'call', { escalation: 'late', interrupting: false })
        .userTask('inform')
        .end('informed'),
    );
    caller.perform({
      type: 'throwCalledProcessEscalation',
      elementInstanceKey: caller.elementKey('call'),
      escalationCode: 'late',
      variables: {},
    });

    expect(called.trace()).toContain('escalationPropagatedToCaller');
    expect(called.status).toBe('active');
    expect(caller.activeElements().toSorted()).toEqual(['call', 'inform']);
  });
});

describe('link event', () => {
  it('goes on at its target without a sequence flow', async () => {
    const run = await startRun(
      model('order')
        .start()
        .throwEvent('leave', { link: 'far' })
        .catchEvent('arrive', { link: 'far' })
        .userTask('check')
        .end(),
    );

    expect(run.flowsTaken()).toEqual(['start->leave', 'arrive->check']);
    expect(run.activeElements()).toEqual(['check']);
  });
});
