import { model, startRun, type Run } from '#testing';
import type { ModelBuilder } from '#testing';

type AdHocOptions = NonNullable<Parameters<ModelBuilder['adHoc']>[2]>;
const desk = (options: AdHocOptions = {}) =>
  model('desk')
    .start()
    .adHoc(
      'work',
      (inner) => inner.userTask('read').userTask('file').apart().userTask('call').apart().userTask('visit'),
      options,
    )
    .userTask('after')
    .end();
const choose = (run: Run, ...ids: readonly string[]) =>
  run.perform({
    type: 'activateAdHocElements',
    elementInstanceKey: run.elementKey('work'),
    elements: ids.map((elementId) => ({ elementId })),
  });

describe('an ad-hoc sub-process', () => {
  it('waits for somebody to choose, again and again, and follows the flows inside', async () => {
    const run = await startRun(desk({ completionCondition: '=done' }), { done: false });
    expect(run.activeElements()).toEqual(['work']);
    choose(run, 'read');
    run.completeUserTask('read');
    expect(run.activeElements()).toEqual(['work', 'file']);
    run.completeUserTask('file');
    expect(run.activeElements()).toEqual(['work']);
    choose(run, 'call', 'call');
    run.completeUserTask('call', { done: true });

    expect(run.activeElements()).toEqual(['after']);
  });

  it('begins with the elements of its collection and ends with the last of them', async () => {
    const run = await startRun(desk({ activeElements: '=["call", "visit"]' }));
    expect(run.activeElements()).toEqual(['work', 'call', 'visit']);
    run.completeUserTask('call');
    run.completeUserTask('visit');

    expect(run.activeElements()).toEqual(['after']);
  });

  it('does one after another where its ordering is sequential', async () => {
    const run = await startRun(desk({ activeElements: '=["call", "read"]', sequential: true }));
    expect(run.activeElements()).toEqual(['work', 'call']);
    choose(run, 'visit');
    run.completeUserTask('call');
    expect(run.activeElements()).toEqual(['work', 'read']);
    run.completeUserTask('read');
    expect(run.activeElements()).toEqual(['work', 'file']);
    run.completeUserTask('file');
    expect(run.activeElements()).toEqual(['work', 'visit']);
    run.completeUserTask('visit');

    expect(run.activeElements()).toEqual(['after']);
  });

  it('waits for what still runs where the rest is not cancelled', async () => {
    const run = await startRun(
      desk({ activeElements: '=["call", "visit"]', completionCondition: '=true', cancelRemaining: false }),
    );
    run.completeUserTask('call');
    expect(run.activeElements()).toEqual(['work', 'visit']);
    expect(
      run.rejectionOf({
        type: 'activateAdHocElements',
        elementInstanceKey: run.elementKey('work'),
        elements: [{ elementId: 'call' }],
      }),
    ).toMatchObject({ code: 'invalidState' });
    run.completeUserTask('visit');

    expect(run.activeElements()).toEqual(['after']);
  });

  it('collects what its elements give', async () => {
    const run = await startRun(
      desk({ activeElements: '=["call", "visit"]', outputCollection: 'notes', outputElement: '=note' }),
    );
    run.completeUserTask('call', { note: 'a' });
    run.completeUserTask('visit', { note: 'b' });

    expect(run.variables()['notes']).toEqual(['a', 'b']);
  });

  it.each([
    ['an element inside a path', ['file'], 'invalidArgument'],
    ['an unknown element', ['nobody'], 'invalidArgument'],
    ['nothing', [], 'invalidArgument'],
  ])('refuses the choice of %s', async (_name, ids, code) => {
    const run = await startRun(desk());
    const elements = ids.map((elementId) => ({ elementId }));
    const elementInstanceKey = run.elementKey('work');

    expect(run.rejectionOf({ type: 'activateAdHocElements', elementInstanceKey, elements })).toMatchObject({ code });
  });

  it('stops with an incident where its collection names what it does not hold', async () => {
    const run = await startRun(desk({ activeElements: '=["nobody"]' }));

    expect(run.incidents()).toEqual(['work EXTRACT_VALUE_ERROR']);
  });
});
