import fc from 'fast-check';
import { parseBpmn, singleEventsOf, type ProcessDefinition } from '#bpmn';
import { readState, replay, writeState, type InstanceState, type StoredState } from '#engine';
import { brokenLaws, lawRuns, randomGraph, randomModel, randomRun, regressions, startRandomRun } from '#testing';

const choices = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 25 });
const models = fc.oneof({ weight: 4, arbitrary: randomModel() }, { weight: 1, arbitrary: randomGraph() });
const stored = (state: InstanceState | undefined) => JSON.parse(writeState(state as InstanceState)) as StoredState;

/**
 * A pause lets parallel branches take their turns in another order, which is as right. What a compensation finds done depends
 * on it, so that models with both may end differently.
 */
function isOrderFree({ elements }: ProcessDefinition): boolean {
  const compensates = elements.some(
    (element) =>
      (element.type === 'intermediateThrowEvent' || element.type === 'endEvent') &&
      singleEventsOf(element).some(({ kind }) => kind === 'compensation' || kind === 'cancel'),
  );
  const branches = elements.some(
    ({ type, outgoing, multiInstance, isInterrupting, completionQuantity = 1 }) =>
      (outgoing.length > 1 && type !== 'exclusiveGateway' && type !== 'eventBasedGateway') ||
      (multiInstance !== undefined && !multiInstance.isSequential) ||
      type === 'adHocSubProcess' ||
      completionQuantity > 1 ||
      isInterrupting === false,
  );
  return !(compensates && branches);
}

type Law = (definition: ProcessDefinition, picks: readonly number[]) => Promise<void>;

/** Each law by its name, with its share of the runs. */
const laws: readonly (readonly [string, number, Law])[] = [
  [
    'keeps its laws after every step',
    0.4,
    async (definition, picks) => {
      const run = await startRandomRun(definition, picks);

      randomRun(run, picks, ({ state, events }) => {
        expect(brokenLaws(state as InstanceState)).toEqual([]);
        expect(stored(replay(events))).toEqual(stored(state));
      });
    },
  ],
  [
    'goes on from stored states, never changes the one it is given, and decides the same again',
    0.2,
    async (definition, picks) => {
      const first = await startRandomRun(definition, picks);
      const second = await startRandomRun(definition, picks);

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
    0.1,
    async (definition, picks) => {
      const straight = await startRandomRun(definition, picks);
      const paused = await startRandomRun(definition, picks, { maxInstructions: 1 });

      expect(stored(replay(paused.events))).toEqual(stored(paused.state));
      if (isOrderFree(definition))
        expect(paused.activeElements().toSorted()).toEqual(straight.activeElements().toSorted());
    },
  ],
];

describe('the engine on random models', () => {
  it.each(laws)('%s', async (name, share, law) => {
    const property = fc.asyncProperty(models, choices, async (model, picks) => law(await model.build(), picks));
    await fc.assert(property, lawRuns(name, share));
  });
});

describe('the engine on models that once broke a law', () => {
  it.each(regressions())('%s', async (_file, { xml, picks }) => {
    const [definition] = (await parseBpmn(xml)).processes;
    for (const [, , law] of laws) await law(definition as ProcessDefinition, picks);
  });
});
