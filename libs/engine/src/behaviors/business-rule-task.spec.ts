import type { EvaluableDecision } from '#engine';
import { model, startRun } from '#testing';

const order = () => model('order').start().businessRuleTask('rate', 'rating', 'level').end();
const rating: EvaluableDecision = {
  evaluate: (scope) => ({
    ok: true,
    output: scope.get('amount') === 5 ? 'low' : 'high',
    matchedRules: { rating: ['r1'] },
    inputs: { amount: 5 },
  }),
};
const broken: EvaluableDecision = { evaluate: () => ({ ok: false, code: 'noMatch', message: 'two rules match' }) };

describe('business rule task', () => {
  it('evaluates its decision and keeps the result', async () => {
    const run = await startRun(order(), { amount: 5 }, { decisions: { rating } });

    expect(run.events.find(({ type }) => type === 'decisionEvaluated')).toMatchObject({
      decisionId: 'rating',
      output: 'low',
      matchedRules: { rating: ['r1'] },
    });
    expect(run.variables()).toEqual({ amount: 5, level: 'low' });
  });

  it('stops where the decision is not deployed', async () => {
    const run = await startRun(order());

    expect(run.incidents()).toEqual(['rate CALLED_DECISION_ERROR']);
  });

  it('stops where the decision gives no result, and is tried again', async () => {
    const decisions = { rating: broken };
    const run = await startRun(order(), { amount: 5 }, { decisions });
    const stuck = run.incidents();

    decisions.rating = rating;
    run.resolveIncident('rate');

    expect(stuck).toEqual(['rate DECISION_EVALUATION_ERROR']);
    expect(run.status).toBe('completed');
  });
});
