import { brokenLaws, model, startRun, type ModelBuilder, type Run } from '#testing';
import { returnTargets, withdrawalOf } from '#engine';

const found = (run: Run, present: string) => returnTargets(run.definition, run.events, run.elementKey(present));
const targets = (run: Run, present: string) => found(run, present).map(({ elementId }) => elementId);

function goBack(run: Run, present: string, to: string): void {
  const target = found(run, present).find(({ elementId }) => elementId === to);
  if (!target) throw new Error(`Expected ${to} to be a target of ${present} but it is none.`);
  const { elementInstanceKey, elementId, flowScopeKey, undo } = target;
  run.perform({
    type: 'returnProcessInstance',
    kind: 'return',
    elementInstanceKey,
    elementId,
    flowScopeKey,
    ...undo,
    position: run.live.position,
    by: 'ann',
  });
}

const line = () => model('p').start().userTask('a').userTask('b').userTask('c').end();

const forked = () =>
  model('p')
    .start()
    .userTask('before')
    .parallelGateway('fork', ['left', 'right'])
    .branch('left')
    .userTask('a')
    .userTask('b')
    .parallelGateway('meet')
    .userTask('after')
    .end()
    .branch('right')
    .userTask('x')
    .userTask('y')
    .connectTo('meet');

async function at(source: ModelBuilder, completed: readonly string[], variables = {}): Promise<Run> {
  const run = await startRun(source, variables);
  for (const id of completed) run.completeUserTask(id);
  return run;
}

describe('return to a step', () => {
  it('offers the steps before, latest first, and takes one up again', async () => {
    const run = await at(line(), ['a', 'b']);
    expect(targets(run, 'c')).toEqual(['b', 'a']);
    goBack(run, 'c', 'a');

    expect(run.activeElements()).toEqual(['a']);
    for (const id of ['a', 'b', 'c']) run.completeUserTask(id);
    expect(run.status).toBe('completed');
  });

  it('within a branch leaves the sibling alone', async () => {
    const run = await at(forked(), ['before', 'a', 'x']);
    expect(found(run, 'b').map(({ elementId, ends }) => [elementId, ends])).toEqual([
      ['a', []],
      ['before', ['y']],
    ]);
    goBack(run, 'b', 'a');

    expect(run.activeElements().toSorted()).toEqual(['a', 'y']);
    for (const id of ['a', 'b', 'y', 'after']) run.completeUserTask(id);
    expect(run.status).toBe('completed');
  });

  it('to before a fork ends the siblings and the token that waits at the join', async () => {
    const run = await at(forked(), ['before', 'a', 'b']);
    expect(run.tokens()).toEqual({ meet: { 'b.to.meet': 1 } });
    goBack(run, 'x', 'before');

    expect(run.activeElements()).toEqual(['before']);
    expect(run.tokens()).toEqual({});
    for (const id of ['before', 'a', 'b', 'x', 'y', 'after']) run.completeUserTask(id);
    expect(run.status).toBe('completed');
  });

  it('leaves the token that a sibling has brought to the join', async () => {
    const run = await at(forked(), ['before', 'x', 'y', 'a']);
    goBack(run, 'b', 'a');

    expect(run.tokens()).toEqual({ meet: { 'y.to.meet': 1 } });
    for (const id of ['a', 'b', 'after']) run.completeUserTask(id);
    expect(run.status).toBe('completed');
  });

  it('after a join offers no step inside a branch', async () => {
    const run = await at(forked(), ['before', 'a', 'b', 'x', 'y']);

    expect(targets(run, 'after')).toEqual(['before']);
  });

  it('offers a step of a loop once, as it was done last', async () => {
    const run = await startRun(
      model('p')
        .start()
        .userTask('draft')
        .userTask('check')
        .exclusiveGateway('good', { again: '=not(ok)', fine: 'default' })
        .branch('again')
        .connectTo('draft')
        .branch('fine')
        .userTask('send')
        .end(),
    );
    run.completeUserTask('draft');
    run.completeUserTask('check', { ok: false });
    run.completeUserTask('draft');
    run.completeUserTask('check', { ok: true });
    const [check, draft, ...others] = found(run, 'send');

    expect([check?.elementId, draft?.elementId, others]).toEqual(['check', 'draft', []]);
    expect(draft?.userTaskKey).toBe(run.events.filter((event) => event.type === 'userTaskCreated')[2]?.userTaskKey);
  });

  it('knows after a return that the step is the same one', async () => {
    const run = await at(line(), ['a', 'b']);
    goBack(run, 'c', 'b');
    run.completeUserTask('b');

    expect(targets(run, 'c')).toEqual(['b', 'a']);
    goBack(run, 'c', 'a');
    expect(run.activeElements()).toEqual(['a']);
  });

  it('goes from inside a repeated sub-process to a step within it, or to outside of all of it', async () => {
    const items = model('p')
      .start()
      .userTask('list')
      .subProcess('item', (inner) => inner.start('begin').userTask('wrap').userTask('label').end('packed'), {
        multiInstance: { collection: '=[1, 2]', element: 'item' },
      })
      .end();
    const run = await at(items, ['list', 'wrap']);
    expect(found(run, 'label').map(({ elementId, ends }) => [elementId, ends])).toEqual([
      ['wrap', []],
      ['list', ['item', 'wrap']],
    ]);
    goBack(run, 'label', 'wrap');
    expect(run.activeElements().toSorted()).toEqual(['item', 'item', 'item', 'wrap', 'wrap']);
    run.completeUserTask('wrap');
    goBack(run, 'label', 'list');

    expect(run.activeElements()).toEqual(['list']);
    for (const id of ['list', 'wrap', 'wrap', 'label', 'label']) run.completeUserTask(id);
    expect(run.status).toBe('completed');
  });

  it('takes a repeated task up as a whole', async () => {
    const votes = model('p')
      .start()
      .userTask('vote', { multiInstance: { collection: '=[1, 2]', element: 'who' } })
      .userTask('tell')
      .end();
    const run = await at(votes, ['vote']);
    expect(targets(run, 'vote')).toEqual([]);
    run.completeUserTask('vote');
    goBack(run, 'tell', 'vote');

    expect(run.activeElements()).toEqual(['vote', 'vote', 'vote']);
  });

  it('goes out of a sub-process, and not into one that is over', async () => {
    const packed = model('p')
      .start()
      .userTask('list')
      .subProcess('pack', (inner) => inner.start('begin').userTask('wrap').end('packed'))
      .userTask('send')
      .end();
    const run = await at(packed, ['list']);
    expect(targets(run, 'wrap')).toEqual(['list']);
    run.completeUserTask('wrap');

    expect(targets(run, 'send')).toEqual(['list']);
    goBack(run, 'send', 'list');
    expect(run.activeElements()).toEqual(['list']);
  });

  it('follows the path of a boundary event back to before its activity', async () => {
    const late = model('p')
      .start()
      .userTask('ask')
      .userTask('answer')
      .end()
      .boundary('late', 'answer', { timer: { duration: 'PT1H' } })
      .userTask('remind')
      .end('reminded');
    const run = await at(late, ['ask']);
    run.advance(3_600_000);

    expect(targets(run, 'remind')).toEqual(['ask']);
    goBack(run, 'remind', 'ask');
    expect(run.activeElements()).toEqual(['ask']);
  });

  it('ends what a boundary event began beside the step', async () => {
    const late = model('p')
      .start()
      .userTask('ask')
      .userTask('answer')
      .userTask('send')
      .end()
      .boundary('late', 'answer', { timer: { duration: 'PT1H' }, interrupting: false })
      .userTask('remind')
      .end('reminded');
    const run = await at(late, ['ask']);
    run.advance(3_600_000);
    run.completeUserTask('answer');

    expect(found(run, 'send').map(({ elementId, ends }) => [elementId, ends])).toEqual([
      ['answer', ['remind']],
      ['ask', ['remind']],
    ]);
  });

  it('follows a link', async () => {
    const linked = model('p')
      .start()
      .userTask('a')
      .throwEvent('out', { link: 'on' })
      .catchEvent('in', { link: 'on' })
      .userTask('b')
      .end();
    const run = await at(linked, ['a']);

    expect(targets(run, 'b')).toEqual(['a']);
  });

  it('offers no step whose token an inclusive join has no longer waited for', async () => {
    const choice = model('p')
      .start()
      .parallelGateway('fork', ['one', 'two'])
      .branch('one')
      .userTask('a')
      .exclusiveGateway('where', { join: '=join', aside: 'default' })
      .branch('join')
      .inclusiveGateway('meet')
      .userTask('after')
      .end()
      .branch('aside')
      .userTask('b')
      .end('apart')
      .branch('two')
      .userTask('x')
      .connectTo('meet');
    const run = await startRun(choice);
    run.completeUserTask('x');
    run.completeUserTask('a', { join: false });

    expect(run.activeElements().toSorted()).toEqual(['after', 'b']);
    expect(targets(run, 'b')).toEqual([]);
  });

  it('offers none whose token has met that of another branch', async () => {
    const crossed = model('p')
      .start()
      .parallelGateway('fork', ['one', 'two'])
      .branch('one')
      .userTask('a')
      .parallelGateway('split', ['stay', 'cross'])
      .branch('stay')
      .userTask('b')
      .end()
      .branch('cross')
      .parallelGateway('meet')
      .userTask('met')
      .end('done')
      .branch('two')
      .userTask('x')
      .connectTo('meet');
    const run = await at(crossed, ['a']);
    expect(targets(run, 'b')).toEqual(['a']);
    run.completeUserTask('x');

    expect(targets(run, 'b')).toEqual([]);
  });

  it('is a conflict where something has happened since it was looked at', async () => {
    const run = await at(line(), ['a']);
    const [target] = found(run, 'b');
    const { elementInstanceKey = '', flowScopeKey = '', undo = { terminate: [], drops: [] } } = target ?? {};
    const command = { kind: 'return', elementInstanceKey, elementId: 'a', flowScopeKey, ...undo, by: 'ann' } as const;
    const position = run.live.position;
    run.perform({ type: 'setVariables', scopeKey: run.live.processInstanceKey, variables: { a: 1 }, local: true });

    expect(run.rejectionOf({ type: 'returnProcessInstance', ...command, position })).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/something has happened since/),
    });
    expect(brokenLaws(run.live)).toEqual([]);
  });
});

describe('taking a step back', () => {
  const withdrawal = (run: Run, id: string) => {
    const node = run.events.findLast((event) => event.type === 'elementActivating' && event.elementId === id);
    const key = node?.type === 'elementActivating' ? node.elementInstanceKey : '';
    const answer = withdrawalOf(run.definition, run.events, key);
    return typeof answer === 'string' ? answer : answer.ends;
  };

  it('is possible while nobody has touched what follows', async () => {
    const run = await at(line(), ['a']);
    expect(withdrawal(run, 'a')).toEqual(['b']);
    run.perform({ type: 'assignUserTask', userTaskKey: run.keyOf('userTasks', 'b'), assignee: 'bob', by: 'bob' });

    expect(withdrawal(run, 'a')).toBe('touched');
  });

  it('is not disturbed by who the diagram assigns', async () => {
    const run = await at(model('p').start().userTask('a').userTask('b', { assignee: 'bob' }).end(), ['a']);

    expect(withdrawal(run, 'a')).toEqual(['b']);
  });

  it('is not possible once the next step is done, nor before the step is', async () => {
    const run = await at(line(), ['a', 'b']);

    expect(withdrawal(run, 'a')).toBe('touched');
    expect(withdrawal(run, 'c')).toBe('notCompleted');
  });

  it('is not possible once something has been set going', async () => {
    const run = await at(model('p').start().userTask('a').serviceTask('print').userTask('b').end(), ['a']);
    expect(withdrawal(run, 'a')).toBe('hasEffects');
    const thrown = await at(model('p').start().userTask('a').throwEvent('tell', { signal: 's' }).userTask('b').end(), [
      'a',
    ]);
    expect(withdrawal(thrown, 'a')).toBe('hasEffects');
    const called = await at(model('p').start().userTask('a').callActivity('call', { process: 'q' }).end(), ['a']);

    expect(withdrawal(called, 'a')).toBe('hasEffects');
  });

  it('is not possible once its token has met another', async () => {
    const run = await at(forked(), ['before', 'a', 'x', 'y', 'b']);

    expect(withdrawal(run, 'b')).toBe('metOthers');
  });
});
