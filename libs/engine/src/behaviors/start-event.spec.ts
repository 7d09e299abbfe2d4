import { model, startRun, type EventOptions } from '#testing';

const order = (event: EventOptions) =>
  model('order').start('byHand').userTask('check').end().start('heard', event).connectTo('check');

describe('start event', () => {
  it('without an event is where an instance begins that names none', async () => {
    const run = await startRun(order({ signal: 'alarm' }));

    expect(run.flowsTaken()).toEqual(['byHand->check']);
  });

  it.each([
    ['a message', { message: { name: 'report' } }],
    ['a signal', { signal: 'alarm' }],
    ['a timer', { timer: { cycle: 'R/PT1H' } }],
    ['a condition', { conditional: '=place = "gate"' }],
    ['all of its events', { all: [{ message: { name: 'report' } }, { signal: 'alarm' }], parallelMultiple: true }],
  ] as const)('begins with the variables of %s, and opens no subscription of its own', async (_name, event) => {
    const run = await startRun(order(event), { place: 'gate' }, { startElementId: 'heard' });

    expect(run.flowsTaken()).toEqual(['heard->check']);
    expect(run.variables()).toEqual({ place: 'gate' });
    expect([run.live.subscriptions.size, run.live.timers.size, run.live.conditions.size]).toEqual([0, 0, 0]);
  });

  it('maps the variables of its event where it says how', async () => {
    const run = await startRun(
      order({ message: { name: 'report' }, outputs: { where: '=place' } }),
      { place: 'gate' },
      { startElementId: 'heard' },
    );

    expect(run.variables()).toMatchObject({ where: 'gate' });
  });

  it('stops where its mapping takes too long, and is tried again', async () => {
    const outputs = { sum: '=count(for i in 1..size return i)' };
    const run = await startRun(
      order({ message: { name: 'report' }, outputs }),
      { size: 100_000_000 },
      { startElementId: 'heard' },
    );
    const stuck = run.incidents();

    run.perform({ type: 'setVariables', scopeKey: run.live.processInstanceKey, variables: { size: 2 }, local: true });
    run.resolveIncident('heard');

    expect(stuck).toEqual(['heard IO_MAPPING_ERROR']);
    expect(run.activeElements()).toEqual(['check']);
  });
});
