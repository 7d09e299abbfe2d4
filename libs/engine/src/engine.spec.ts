import { model, startRun } from '#testing';

describe('a process with a user task and an exclusive gateway', () => {
  it('runs from start to end', async () => {
    const definition = model('order')
      .start()
      .userTask('check')
      .exclusiveGateway('large', { big: '=amount > 100', small: 'default' });

    const run = await startRun(definition);
    run.completeUserTask('check', { amount: 5 });

    expect(run.flowsTaken()).toEqual(['start->check', 'check->large', 'small']);
    expect(run.status).toBe('completed');
    expect(run.variables()).toEqual({ amount: 5 });
  });
});
