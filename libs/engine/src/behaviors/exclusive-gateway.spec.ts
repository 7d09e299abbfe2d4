import { model, startRun } from '#testing';

const order = () =>
  model('order').start().exclusiveGateway('check', { big: '=amount > 100', huge: '=amount > 1000', small: 'default' });

describe('exclusive gateway', () => {
  it('takes the first flow whose condition holds', async () => {
    const run = await startRun(order(), { amount: 5000 });

    expect(run.flowsTaken()).toEqual(['start->check', 'big']);
  });

  it('takes the default flow when no condition holds', async () => {
    const run = await startRun(order(), { amount: 5 });

    expect(run.flowsTaken()).toEqual(['start->check', 'small']);
  });

  it('stops where a condition is not boolean, and is tried again', async () => {
    const run = await startRun(order(), { amount: 'many' });
    const stuck = run.incidents();

    run.perform({ type: 'setVariables', scopeKey: run.live.processInstanceKey, variables: { amount: 5 }, local: true });
    run.resolveIncident('check');

    expect(stuck).toEqual(['check CONDITION_ERROR']);
    expect(run.flowsTaken()).toEqual(['start->check', 'small']);
  });

  it('stops where no condition holds and there is no default flow', async () => {
    const run = await startRun(
      model('order').start().exclusiveGateway('check', { big: '=amount > 100', small: '=amount < 10' }),
      { amount: 50 },
    );

    expect(run.incidents()).toEqual(['check CONDITION_ERROR']);
  });

  it('merges without waiting', async () => {
    const definition = model('order').start().parallelGateway('fork', ['a', 'b']);
    definition.branch('a').connectTo('merge').branch('b').exclusiveGateway('merge').end();

    const run = await startRun(definition);

    expect(run.flowsTaken().filter((flow) => flow === 'merge->end')).toHaveLength(2);
  });
});
