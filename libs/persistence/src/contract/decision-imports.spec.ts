import type { Row } from '#runtime';
import { decisionProcess, folderSet, form } from './models.js';
import { runOn, value, type RunningOn } from './run-on.js';
import { testDatabases, type TestDatabase } from './test-databases.js';

const DMN = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
const importing = `<definitions xmlns="${DMN}" id="main" name="main" namespace="main"><import namespace="lib" name="lib" importType="${DMN}"/>
<decision id="urgency" name="urgency"><variable name="urgency"/><informationRequirement><requiredDecision href="lib#level"/></informationRequirement><literalExpression><text>lib.level</text></literalExpression></decision></definitions>`;
const library = (level: string) => `<definitions xmlns="${DMN}" id="lib" name="lib" namespace="lib">
<decision id="level" name="level"><variable name="level"/><literalExpression><text>"${level}"</text></literalExpression></decision></definitions>`;
const setWith = (level: string) =>
  folderSet({
    'workflows/decide.bpmn': decisionProcess,
    'workflows/main.dmn': importing,
    'workflows/lib.dmn': library(level),
    'forms/F01.form.json': form,
  });

/** DMN files that import one another (DMN 1.5, 6.3.3). */
describe.each(testDatabases)('a decision that imports another file on $kind', ({ open }) => {
  let test: TestDatabase;
  let on: RunningOn;
  const urgencies = async (): Promise<readonly unknown[]> =>
    (await on.rows(`SELECT value FROM variables WHERE name = 'urgency' ORDER BY scope_key`)).map(
      (row: Row) => row.value,
    );

  beforeEach(async () => {
    test = await open();
    on = await runOn(test);
  });
  afterEach(() => on.end());

  it('is evaluated by the file of its set', async () => {
    value(await on.runtime.deploy(setWith('high')));

    await on.begin('decide');

    expect(await urgencies()).toEqual(['"high"']);
  });

  it('is a new version with its process when the imported file changes, and the same one when nothing changes', async () => {
    value(await on.runtime.deploy(setWith('high')));

    const changed = value(await on.runtime.deploy(setWith('low')));
    const same = value(await on.runtime.deploy(setWith('low')));
    await on.begin('decide');

    const versions = ({ resources }: typeof changed) => resources.map(({ id, version }) => `${id} ${version}`);
    expect(versions(changed).sort()).toEqual(['F01 1', 'decide 2', 'level 2', 'urgency 2']);
    expect(same.resources.filter(({ isNew }) => isNew)).toEqual([]);
    expect(await urgencies()).toEqual(['"low"']);
  });

  it('is evaluated after a restart by the file that it was deployed with', async () => {
    value(await on.runtime.deploy(setWith('high')));
    const first = value(await on.runtime.deploy(setWith('high')));
    const { processDefinitionKey } = await on.begin('decide');
    value(await on.runtime.deploy(setWith('low')));
    await on.runtime.stop();
    await on.store.close();
    on = await runOn(await test.reopen());

    value(await on.runtime.createInstance({ processDefinitionKey, variables: {} }));
    await on.runtime.idle();

    expect(first.resources[0]?.key).toBe(processDefinitionKey);
    expect(await urgencies()).toEqual(['"high"', '"high"']);
  });
});
