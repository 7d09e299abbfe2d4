import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './start-app.js';

const DMN = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
const main = `<definitions xmlns="${DMN}" id="main" name="main" namespace="urn:main"><import namespace="urn:lib" name="lib" importType="${DMN}"/>
<decision id="price" name="price"><variable name="price"/><informationRequirement><requiredDecision href="urn:lib#fee"/></informationRequirement><literalExpression><text>lib.fee * 2</text></literalExpression></decision></definitions>`;
const library = (fee: number) => `<definitions xmlns="${DMN}" id="lib" name="lib" namespace="urn:lib">
<decision id="fee" name="fee"><variable name="fee"/><literalExpression><text>${fee}</text></literalExpression></decision></definitions>`;

/** DMN 1.5, 6.3.3 over `/v2`. */
describe('decision files that import one another', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const deploy = (files: Readonly<Record<string, string>>) =>
    Object.entries(files).reduce(
      (request, [name, content]) => request.attach('resources', Buffer.from(content), name),
      app.basic('admin').post('/v2/deployments'),
    );
  const evaluate = async () => {
    const { body } = await app
      .basic('admin')
      .post('/v2/decision-definitions/evaluation')
      .send({ decisionDefinitionId: 'price' })
      .expect(200);
    return [body.decisionDefinitionVersion, body.output];
  };

  it('are deployed together and evaluated, and a changed import is a new version', async () => {
    await deploy({ 'lib.dmn': library(3), 'main.dmn': main }).expect(200);
    const first = await evaluate();
    await deploy({ 'main.dmn': main, 'lib.dmn': library(5) }).expect(200);

    const second = await evaluate();

    expect([first, second]).toEqual([
      [1, '6'],
      [2, '10'],
    ]);
  });

  it('are refused one without the other, with what to do', async () => {
    const { body } = await deploy({ 'main.dmn': main }).expect(400);

    expect(body.detail).toContain('main.dmn');
    expect(body.detail).toContain('deploy the file of that namespace together with this one');
  });

  it('are refused by name where two of them have the imported namespace', async () => {
    const other = library(4).replaceAll('"fee"', '"other"');

    const { body } = await deploy({ 'main.dmn': main, 'lib.dmn': library(3), 'other.dmn': other }).expect(400);

    expect(body.detail).toContain('"lib.dmn" and "other.dmn"');
  });
});
