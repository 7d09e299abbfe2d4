import fc from 'fast-check';
import { parseBpmn, type ProcessDefinition } from '#bpmn';
import { readState, replay, writeState, type InstanceState, type StoredState } from '#engine';
import { brokenLaws, lawRuns, randomModel, randomRun, regressions, startRun } from '#testing';

const choices = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 25 });
const variables = { choice: 1, again: false };
const stored = (state: InstanceState | undefined) => JSON.parse(writeState(state as InstanceState)) as StoredState;

type Law = (definition: ProcessDefinition, picks: readonly number[]) => Promise<void>;

/** Each law by its name, with its share of the runs. */
const laws: readonly (readonly [string, number, Law])[] = [
  [
    'keeps its laws after every step',
    0.6,
    async (definition, picks) => {
      const run = await startRun(definition, variables);

      randomRun(run, picks, ({ state, events }) => {
        expect(brokenLaws(state as InstanceState)).toEqual([]);
        expect(stored(replay(events))).toEqual(stored(state));
      });
    },
  ],
  [
    'goes on from stored states, never changes the one it is given, and decides the same again',
    0.25,
    async (definition, picks) => {
      const first = await startRun(definition, variables);
      const second = await startRun(definition, variables);

      const given: { readonly state: InstanceState; readonly before: StoredState }[] = [];
      randomRun(first, picks, () => undefined);
      randomRun(second, picks, (run) => {
        const before = stored(run.state);
        run.state = readState(before);
        given.push({ state: run.state, before });
      });

      expect(second.events).toEqual(first.events);
      expect(given.map(({ state }) => stored(state))).toEqual(given.map(({ before }) => before));
    },
  ],
  [
    'ends in the same state where it pauses after every instruction',
    0.15,
    async (definition) => {
      const straight = await startRun(definition, variables);
      const paused = await startRun(definition, variables, { maxInstructions: 1 });

      expect(paused.activeElements().toSorted()).toEqual(straight.activeElements().toSorted());
      expect(stored(replay(paused.events))).toEqual(stored(paused.state));
    },
  ],
];

describe('the engine on random models', () => {
  it.each(laws)('%s', async (name, share, law) => {
    const property = fc.asyncProperty(randomModel(), choices, async (model, picks) => law(await model.build(), picks));
    await fc.assert(property, lawRuns(name, share));
  });
});

describe('the engine on models that once broke a law', () => {
  it.each(regressions())('%s', async (_file, { xml, picks }) => {
    const [definition] = (await parseBpmn(xml)).processes;
    for (const [, , law] of laws) await law(definition as ProcessDefinition, picks);
  });
});
