import fc from 'fast-check';
import type { Command } from '#engine';
import { everyFeature, featuresOf } from './features.js';
import { randomGraph } from './random-graph.js';
import { randomModel } from './random-model.js';
import { randomRun, startRandomRun } from './random-run.js';

const picks = Array.from({ length: 25 }, (_, index) => 97 * index + 1);

describe('random models', () => {
  it('show every element, event and attribute of the support table', async () => {
    const models = await Promise.all(fc.sample(randomModel(), { numRuns: 500, seed: 1 }).map((each) => each.build()));

    const shown = new Set(models.flatMap(featuresOf));

    expect(everyFeature.filter((feature) => !shown.has(feature))).toEqual([]);
  });

  it('are given every command', async () => {
    const models = await Promise.all(fc.sample(randomModel(), { numRuns: 80, seed: 2 }).map((each) => each.build()));
    const given = new Set<Command['type']>();

    for (const definition of models) {
      const run = await startRandomRun(definition, picks);
      for (const { type } of randomRun(run, picks, () => undefined)) given.add(type);
    }

    expect([...given].toSorted()).toEqual(commands);
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
  'assignUserTask',
  'cancelProcessInstance',
  'completeCalledProcess',
  'completeJob',
  'completeUserTask',
  'correlateMessage',
  'failCalledProcess',
  'failJob',
  'receiveSignal',
  'resolveIncident',
  'setVariables',
  'throwCalledProcessError',
  'throwCalledProcessEscalation',
  'throwJobError',
  'triggerTimer',
  'updateJobRetries',
  'updateUserTask',
];
