import { model, startRun, type EventOptions } from '#testing';
import { catchesErrorOf } from './catchers.js';

const layered = (inside: EventOptions, outside: EventOptions) =>
  model('order')
    .start()
    .subProcess('work', (inner) =>
      inner
        .start('begun')
        .userTask('check')
        .end('denied', { error: 'denied' })
        .eventSubProcess('handler', (handler) => handler.start('heard', inside).userTask('inner').end('handled')),
    )
    .end()
    .boundary('outside', 'work', outside)
    .userTask('outer')
    .end('left');

describe('what catches an error', () => {
  it.each<[string, EventOptions, EventOptions]>([
    ['for every code before a boundary event for this one', { error: '' }, { error: 'denied' }],
    ['for this code before a boundary event for this one', { error: 'denied' }, { error: 'denied' }],
  ])('is the event sub-process %s', async (_, inside, outside) => {
    const run = await startRun(layered(inside, outside));

    run.completeUserTask('check');

    expect(run.activeElements()).toEqual(['work', 'handler', 'inner']);
  });

  it('is the boundary event where the event sub-process is for another code', async () => {
    const run = await startRun(layered({ error: 'other' }, { error: 'denied' }));

    run.completeUserTask('check');

    expect(run.activeElements()).toEqual(['outer']);
  });
});

describe('what catches an error of a called process', () => {
  const caller = (extend: (builder: ReturnType<typeof model>) => ReturnType<typeof model>) =>
    startRun(extend(model('caller').start().callActivity('call', { process: 'called' }).end()));

  it.each<[string, boolean, (builder: ReturnType<typeof model>) => ReturnType<typeof model>]>([
    ['nothing', false, (builder) => builder],
    ['a boundary event for it', true, (builder) => builder.boundary('b', 'call', { error: 'denied' }).end('e')],
    ['a boundary event for every error', true, (builder) => builder.boundary('b', 'call', { error: '' }).end('e')],
    ['a boundary event for another', false, (builder) => builder.boundary('b', 'call', { error: 'other' }).end('e')],
    [
      'an event sub-process around the call',
      true,
      (builder) => builder.eventSubProcess('h', (inner) => inner.start('s', { error: 'denied' }).end('e')),
    ],
  ])('is told by the model of the caller: %s', async (_, expected, extend) => {
    const { definition } = await caller(extend);

    expect(catchesErrorOf(definition, 'call', 'denied')).toBe(expected);
  });

  it('is not an event sub-process that the call is in', async () => {
    const { definition } = await startRun(
      model('caller')
        .start()
        .userTask('wait')
        .end()
        .eventSubProcess('h', (inner) =>
          inner.start('s', { error: 'denied' }).callActivity('call', { process: 'c' }).end('e'),
        ),
    );

    expect(catchesErrorOf(definition, 'call', 'denied')).toBe(false);
  });
});
