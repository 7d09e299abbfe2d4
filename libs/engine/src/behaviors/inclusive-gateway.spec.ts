import { model, startRun } from '#testing';

const order = () => {
  const builder = model('order').start().inclusiveGateway('fork', { a: '=n >= 1', b: '=n >= 2', none: 'default' });
  builder.branch('a').userTask('first').connectTo('join').branch('b').userTask('second').connectTo('join');
  return builder.branch('none').inclusiveGateway('join').end();
};

describe('inclusive gateway', () => {
  it('takes every flow whose condition holds and joins them', async () => {
    const run = await startRun(order(), { n: 2 });

    run.completeUserTask('first');
    const between = run.activeElements();
    run.completeUserTask('second');

    expect(between).toEqual(['second']);
    expect(run.flowsTaken()).toEqual(['start->fork', 'a', 'b', 'first->join', 'second->join', 'join->end']);
    expect(run.status).toBe('completed');
  });

  it('does not wait for a branch that was not taken', async () => {
    const run = await startRun(order(), { n: 1 });

    run.completeUserTask('first');

    expect(run.status).toBe('completed');
  });

  it('takes the default flow when no condition holds', async () => {
    const run = await startRun(order(), { n: 0 });

    expect(run.flowsTaken()).toEqual(['start->fork', 'none', 'join->end']);
  });

  it('joins when the last other token ends elsewhere', async () => {
    const definition = model('order').start().parallelGateway('fork', ['a', 'b']);
    definition
      .branch('a')
      .connectTo('join')
      .branch('b')
      .userTask('review')
      .exclusiveGateway('ok', { no: '=not(good)', yes: 'default' });
    definition.branch('no').end('refused').branch('yes').inclusiveGateway('join').end();

    const run = await startRun(definition);
    const before = run.flowsTaken().includes('join->end');
    run.completeUserTask('review', { good: false });

    expect(before).toBe(false);
    expect(run.flowsTaken()).toContain('join->end');
    expect(run.status).toBe('completed');
  });

  it('waits for an activity although its boundary event has brought a token already', async () => {
    const definition = model('order').start().parallelGateway('fork', ['a', 'b']);
    definition.branch('a').userTask('work').connectTo('join').branch('b').userTask('other').inclusiveGateway('join');
    definition
      .userTask('after')
      .end()
      .boundary('remind', 'work', { timer: { duration: 'PT1H' }, interrupting: false })
      .connectTo('join');
    const run = await startRun(definition);

    run.completeUserTask('other');
    run.advance(3_600_000);
    const meanwhile = run.activeElements();
    run.completeUserTask('work');

    expect(meanwhile).toEqual(['work']);
    expect(run.activeElements()).toEqual(['after']);
  });

  it('stops where a condition is not boolean', async () => {
    const run = await startRun(order(), { n: 'two' });

    expect(run.incidents()).toEqual(['fork CONDITION_ERROR']);
  });
});
