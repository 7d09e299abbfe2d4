import { model, startRun } from '#testing';

const order = () => {
  const builder = model('order').start().parallelGateway('fork', ['a', 'b']);
  return builder
    .branch('a')
    .userTask('first')
    .connectTo('join')
    .branch('b')
    .userTask('second')
    .parallelGateway('join')
    .end();
};

describe('parallel gateway', () => {
  it('takes all flows and joins when all tokens are there', async () => {
    const run = await startRun(order());

    run.completeUserTask('first');
    const between = run.activeElements();
    run.completeUserTask('second');

    expect(between).toEqual(['second']);
    expect(run.flowsTaken()).toEqual(['start->fork', 'a', 'b', 'first->join', 'second->join', 'join->end']);
    expect(run.status).toBe('completed');
  });

  it('does not join on two tokens of the same flow', async () => {
    const definition = model('order').start().parallelGateway('fork', ['a', 'b', 'c']);
    definition.branch('a').connectTo('merge').branch('b').exclusiveGateway('merge').connectTo('join');
    definition.branch('c').userTask('slow').parallelGateway('join').userTask('after').end();

    const run = await startRun(definition);
    const before = run.activeElements();
    run.completeUserTask('slow');

    expect(before).toEqual(['slow']);
    expect(run.activeElements()).toEqual(['after']);
    expect(run.tokens()).toEqual({ join: { 'merge.to.join': 1 } });
  });

  it('loses its waiting tokens when its scope is terminated', async () => {
    const run = await startRun(order());
    run.completeUserTask('first');

    run.perform({ type: 'cancelProcessInstance' });

    expect(run.live.elements.size).toBe(0);
  });
});
