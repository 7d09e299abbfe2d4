import fc from 'fast-check';
import { parseBpmn, type ProcessDefinition } from '#bpmn';
import {
  agreement,
  disagreement,
  lawRuns,
  randomGraph,
  regressions,
  standardModel,
  type ModelBuilder,
  type Verdicts,
} from '#testing';

const choices = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 25 });
const law = 'agrees with the small-step model';
const models: readonly (readonly [string, number, fc.Arbitrary<ModelBuilder>])[] = [
  ['models of blocks', 0.2, standardModel()],
  ['graphs', 0.1, randomGraph()],
];

describe('the engine and a small-step model of the standard', () => {
  it.each(models)('agree on what is at rest after each choice, in %s', async (name, share, model) => {
    const verdicts: Verdicts = { agrees: 0, differs: 0, bounded: 0 };
    const property = fc.asyncProperty(model, choices, async (builder, picks) => {
      expect(disagreement(await agreement(await builder.build(), picks, verdicts))).toBeUndefined();
    });

    await fc.assert(property, lawRuns(law, share, name));

    expect(verdicts.agrees).toBeGreaterThan(9 * verdicts.bounded);
  });

  it.each(regressions(law))('agree on %s', async (_file, { xml, picks }) => {
    const [definition] = (await parseBpmn(xml)).processes;

    expect(disagreement(await agreement(definition as ProcessDefinition, picks))).toBeUndefined();
  });
});
