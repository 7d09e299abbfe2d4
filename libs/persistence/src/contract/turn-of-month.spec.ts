import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRuntime, type Runtime, type RuntimeStore } from '#runtime';
import { createStore } from '../store.js';
import { bpmn, end, flow, folderSet, start } from './models.js';
import { valueOf } from './node.js';
import { testDatabases, type TestDatabase } from './test-databases.js';

/** Last moment of March in Shanghai. */
const MARCH = Date.UTC(2026, 2, 31, 15, 59, 59, 999);
const pattern = 'S-{yyyyMM}-{000}';

describe.each(testDatabases)('numbers at the turn of a month on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: RuntimeStore;
  let runtime: Runtime;
  let now: number;

  beforeEach(async () => {
    now = MARCH;
    test = await open();
    store = createStore(test.database);
    // The month turns while the number waits for its turn to be drawn.
    const commit: RuntimeStore['commit'] = (unit) => {
      now = MARCH + 1;
      return store.commit(unit);
    };
    runtime = createRuntime({ store: { ...store, commit }, wallClock: () => now });
    valueOf(await runtime.deploy(folderSet({ 'workflows/p.bpmn': bpmn('p', start() + end() + flow('start', 'end')) })));
  });
  afterEach(async () => {
    await runtime.stop();
    await store.close();
    await test.drop();
  });

  it('name the month whose counter they come from, so that none is given twice', async () => {
    now = MARCH;
    const last = valueOf(await runtime.drawNumber('S', pattern));
    const first = valueOf(await runtime.drawNumber('S', pattern));

    expect([last, first]).toEqual(['S-202603-001', 'S-202604-001']);
  });

  it('do so for cases too', async () => {
    const begin = async () =>
      valueOf(await runtime.createInstance({ bpmnProcessId: 'p', variables: {}, caseNumber: { series: 'S', pattern } }))
        .caseNo;
    now = MARCH;

    expect([await begin(), await begin()]).toEqual(['S-202603-001', 'S-202604-001']);
  });
});
