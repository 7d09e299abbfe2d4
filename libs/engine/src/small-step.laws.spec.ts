import fc from 'fast-check';
import { parseBpmn, type ProcessDefinition } from '#bpmn';
import { agreement, disagreement, lawRuns, plainModel, regressions, type Verdicts } from '#testing';

const choices = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 25 });
const law = 'agrees with the small-step model';

describe('the engine and a small-step model of the standard', () => {
  it('agree on what is at rest after each choice', async () => {
    const verdicts: Verdicts = { agrees: 0, differs: 0, bounded: 0 };
    const property = fc.asyncProperty(plainModel(), choices, async (model, picks) => {
      expect(disagreement(await agreement(await model.build(), picks, verdicts))).toBeUndefined();
    });

    await fc.assert(property, lawRuns(law, 0.3));

    expect(verdicts.agrees).toBeGreaterThan(9 * verdicts.bounded);
  });

  it.each(regressions(law))('agree on %s', async (_file, { xml, picks }) => {
    const [definition] = (await parseBpmn(xml)).processes;

    expect(disagreement(await agreement(definition as ProcessDefinition, picks))).toBeUndefined();
  });
});
