import { readState, apply, replay, writeState, type InstanceState, type StoredState } from '#engine';
import { model, Run, startRun } from '#testing';

describe('step', () => {
  it('refuses commands to what is not there or has ended', async () => {
    const run = await startRun(model('order').start().end());
    const fresh = new Run(await model('order').start().end().build());

    expect(run.rejectionOf({ type: 'cancelProcessInstance' })).toEqual({
      code: 'notFound',
      message: 'Expected process instance 1000 to be active but it is completed.',
    });
    expect(fresh.rejectionOf({ type: 'cancelProcessInstance' })?.code).toBe('notFound');
  });

  it('refuses to create an instance twice, or at a start event that is none', async () => {
    const run = await startRun(model('order').start().userTask('check'));
    const create = {
      type: 'createProcessInstance',
      processInstanceKey: '1',
      processDefinitionKey: '1',
      version: 1,
      variables: {},
    } as const;
    const fresh = new Run(run.definition);

    expect(run.rejectionOf(create)?.code).toBe('alreadyExists');
    expect(fresh.rejectionOf({ ...create, startElementId: 'check' })?.code).toBe('invalidArgument');
  });

  it('pauses when its budget is used up and goes on from the state alone', async () => {
    const definition = await model('order').start().manualTask('a').manualTask('b').userTask('c').build();
    const run = new Run(definition, { maxInstructions: 2 });

    run.performOnce({
      type: 'createProcessInstance',
      processInstanceKey: '1000',
      processDefinitionKey: '1',
      version: 1,
      variables: {},
    });
    const paused = run.events.at(-1)?.type;
    run.state = readState(JSON.parse(writeState(run.live)) as StoredState);
    run.perform({ type: 'continueProcessInstance' });

    expect(paused).toBe('processInstancePaused');
    expect(run.activeElements()).toEqual(['c']);
  });

  it('pauses in an endless loop instead of hanging', async () => {
    const definition = await model('order')
      .start()
      .manualTask('a')
      .exclusiveGateway('again', { back: '=true', on: 'default' })
      .branch('back')
      .connectTo('a')
      .build();
    const run = new Run(definition);

    run.performOnce({
      type: 'createProcessInstance',
      processInstanceKey: '1000',
      processDefinitionKey: '1',
      version: 1,
      variables: {},
    });

    expect(run.events.at(-1)?.type).toBe('processInstancePaused');
  });

  it('gives back the state that its events lead to, and keeps the one it was given', async () => {
    const run = await startRun(model('order').start().userTask('check').end());
    const before = run.live;
    const text = writeState(before);

    const events = run.completeUserTask('check');

    expect(writeState(before)).toBe(text);
    expect(writeState(run.live)).toBe(writeState(replay(events, before)));
  });
});

describe('apply', () => {
  it('keeps what was random, so that a replay asks for no number', async () => {
    let asked = 0;
    const definition = model('order').start().scriptTask('draw', '=random number()', 'luck').userTask('wait').end();

    const run = await startRun(definition, {}, { random: () => ++asked / 8 });

    expect(writeState(run.live)).toBe(writeState(replay(run.events)));
    expect([run.variables(), asked]).toEqual([{ luck: 0.125 }, 1]);
  });

  it('leads one by one to the same state as replay', async () => {
    const run = await startRun(model('order').start().userTask('check').end());

    const state = run.events.reduce<InstanceState | undefined>((before, event) => apply(before, event), undefined);

    expect(writeState(state as InstanceState)).toBe(writeState(replay(run.events)));
  });
});
