import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRuntime, type Runtime, type RuntimeStore } from '#runtime';
import { model } from '#testing';
import { casesHiddenBy } from '../product/conflict-queries.js';
import { createStore } from '../store.js';
import { folderSet } from './models.js';
import { value } from './run-on.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

const { xml: working } = model('working').start().serviceTask('work', { type: 'test.work' }).end();
const { xml: held } = model('held').start().userTask('decide', { form: '', groups: '=["board@north"]' }).end();

describe.each(testDatabases)('jobs of excepted cases on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: RuntimeStore;
  let runtime: Runtime;

  beforeEach(async () => {
    test = await open();
    store = createStore(test.database);
    runtime = createRuntime({ store });
    await runtime.start();
    value(await runtime.deploy(folderSet({ 'workflows/working.bpmn': working, 'workflows/held.bpmn': held })));
  });
  afterEach(async () => {
    await runtime.stop();
    await store.close();
    await test.drop();
  });

  it('are left to others and not locked, by a match and by the role that has the case', async () => {
    const matched = { sealed_key: 's1', case_key: '1', kind: 'excludes', hash: 'h2' };
    const other = { sealed_key: 's2', case_key: '3', kind: 'another', hash: 'h2' };
    await runtime.write([{ insert: 'sealed_matches', rows: [matched, other] }]);
    value(await runtime.createInstance({ bpmnProcessId: 'held', variables: {}, caseKey: '2' }));
    for (const caseKey of ['1', '2', '3'])
      value(await runtime.createInstance({ bpmnProcessId: 'working', variables: {}, caseKey }));
    value(await runtime.createInstance({ bpmnProcessId: 'working', variables: {} }));
    const request = { type: 'test.work', worker: 'w', maxJobs: 2, timeoutMs: 60_000 };
    const excludes = { kind: 'excludes', hashes: ['h1', 'h2'] };

    const given = await runtime.activateJobs({
      ...request,
      exceptCases: casesHiddenBy(excludes, { roles: ['board'], posts: [], processes: [] }),
    });
    const ofMember = await runtime.activateJobs({
      ...request,
      exceptCases: casesHiddenBy(excludes, { roles: [], posts: [], processes: [] }),
    });
    const ofOthers = await runtime.activateJobs(request);

    expect([given, ofMember, ofOthers].map((jobs) => jobs.map(({ caseKey, lease }) => [caseKey, lease]))).toEqual([
      [
        ['3', 1],
        [null, 1],
      ],
      [['2', 1]],
      [['1', 1]],
    ]);
  });
});
