import fc from 'fast-check';
import type { Command } from '#engine';
import { everyFeature, featuresOf } from './features.js';
import { randomGraph } from './random-graph.js';
import { randomModel } from './random-model.js';
import { randomRun, startRandomRun } from './random-run.js';

const numbers = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 25 });

describe('random models', () => {
  it('show every element, event and attribute of the support table', async () => {
    const models = await Promise.all(fc.sample(randomModel(), { numRuns: 500, seed: 1 }).map((each) => each.build()));

    const shown = new Set(models.flatMap(featuresOf));

    expect(everyFeature.filter((feature) => !shown.has(feature))).toEqual([]);
  });

  it('are given every command', async () => {
    const samples = fc.sample(fc.tuple(randomModel(), numbers), { numRuns: 120, seed: 2 });

    const given = await Promise.all(
      samples.map(async ([model, picks]) => {
        const run = await startRandomRun(await model.build(), picks);
        return randomRun(run, picks, () => undefined).map(({ type }) => type);
      }),
    );

    expect([...new Set(given.flat())].toSorted()).toEqual(commands);
  });

  it('are graphs with cycles through joins too', async () => {
    const graphs = await Promise.all(fc.sample(randomGraph(), { numRuns: 100, seed: 1 }).map((each) => each.build()));

    const joining = graphs.filter(({ elements }) =>
      elements.some(({ type, incoming }) => type === 'inclusiveGateway' && incoming.length > 1),
    );

    expect(joining.length).toBeGreaterThan(20);
  });
});

/** All but those that begin an instance and go on after a pause. */
const commands: readonly Command['type'][] = [
  'activateAdHocElements',
  'addTaskTurns',
  'assignUserTask',
  'cancelProcessInstance',
  'completeCalledProcess',
  'completeJob',
  'completeUserTask',
  'correlateMessage',
  'endTaskTurn',
  'failCalledProcess',
  'failJob',
  'receiveSignal',
  'removeTaskTurn',
  'rescheduleTimer',
  'resolveIncident',
  'setVariables',
  'throwCalledProcessError',
  'throwCalledProcessEscalation',
  'throwJobError',
  'triggerTimer',
  'updateJobRetries',
  'updateUserTask',
];
