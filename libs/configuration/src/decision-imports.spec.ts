import { describe, expect, it } from '@jest/globals';
import { paths, problemsOf, tinyConfiguration, urgencyDecision } from '../test/tiny-configuration.js';
import { compileConfiguration } from './compile-configuration.js';

const DMN = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
const library = (id = 'level') =>
  `<definitions xmlns="${DMN}" id="lib" name="lib" namespace="lib"><decision id="${id}" name="${id}"><variable name="${id}"/><literalExpression><text>3</text></literalExpression></decision></definitions>`;
const importing = urgencyDecision('lib.level')
  .replace('<decision ', `<import namespace="lib" name="lib" importType="${DMN}"/><decision `)
  .replace(
    '<decisionTable',
    '<informationRequirement><requiredDecision href="lib#level"/></informationRequirement><decisionTable',
  );

describe('a decision file that imports another', () => {
  it('is read with the file of its set, in another folder too', async () => {
    const { files } = tinyConfiguration();
    const source = { files: new Map([...files, [paths.decision, importing], ['workflows/shared/lib.dmn', library()]]) };

    const { set, problems } = await compileConfiguration(source);

    expect(problems).toEqual([]);
    expect(set?.decisions.map(({ id }) => id).sort()).toEqual(['D1', 'level']);
  });

  it('is refused with its remedy where the set has no such file', async () => {
    expect(await problemsOf({ [paths.decision]: importing })).toContainEqual(
      expect.objectContaining({
        code: 'dmn.unknownImport',
        file: paths.decision,
        message: expect.stringContaining('deploy the file of that namespace together with this one'),
      }),
    );
  });

  it('is refused where two files of the set have that namespace', async () => {
    const problems = await problemsOf({
      [paths.decision]: importing,
      'workflows/claim/one.dmn': library(),
      'workflows/claim/two.dmn': library('other'),
    });

    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'dmn.ambiguousImport',
        file: paths.decision,
        message: expect.stringContaining('"workflows/claim/one.dmn" and "workflows/claim/two.dmn"'),
      }),
    );
  });
});
