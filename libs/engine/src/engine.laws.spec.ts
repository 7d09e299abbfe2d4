import fc from 'fast-check';
import { readState, replay, writeState, type InstanceState, type StoredState } from '#engine';
import { brokenLaws, randomModel, randomRun, startRun } from '#testing';

const choices = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 25 });
const variables = { choice: 1, again: false };
const stored = (state: InstanceState | undefined) => JSON.parse(writeState(state as InstanceState)) as StoredState;

describe('the engine on random models', () => {
  it('keeps its laws after every step', async () => {
    await fc.assert(
      fc.asyncProperty(randomModel(), choices, async (model, picks) => {
        const run = await startRun(model, variables);

        randomRun(run, picks, ({ state, events }) => {
          expect(brokenLaws(state as InstanceState)).toEqual([]);
          expect(stored(replay(events))).toEqual(stored(state));
        });
      }),
      { numRuns: 200 },
    );
  });

  it('goes on from stored states, never changes the one it is given, and decides the same again', async () => {
    await fc.assert(
      fc.asyncProperty(randomModel(), choices, async (model, picks) => {
        const definition = await model.build();
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
      }),
      { numRuns: 150 },
    );
  });

  it('ends in the same state where it pauses after every instruction', async () => {
    await fc.assert(
      fc.asyncProperty(randomModel(), async (model) => {
        const definition = await model.build();

        const straight = await startRun(definition, variables);
        const paused = await startRun(definition, variables, { maxInstructions: 1 });

        expect(paused.activeElements().toSorted()).toEqual(straight.activeElements().toSorted());
        expect(stored(replay(paused.events))).toEqual(stored(paused.state));
      }),
      { numRuns: 100 },
    );
  });
});
