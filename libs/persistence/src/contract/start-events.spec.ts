import { messageStartProcess, taskProcess, timerStartProcess } from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

describe.each(testDatabases)('start events on $kind', ({ open }) => {
  let node: TestNode;
  const kinds = async () =>
    (await node.rows('SELECT kind FROM start_subscriptions ORDER BY kind')).map((row) => row.kind);

  beforeEach(async () => {
    node = await startNode(open, Date.UTC(2026, 2, 2, 1));
  });

  afterEach(async () => {
    await node.drop();
  });

  it('start again where a process left the folder and comes back unchanged', async () => {
    await node.deploy(messageStartProcess, timerStartProcess);
    await node.deploy(taskProcess);
    const between = await kinds();
    await node.deploy(messageStartProcess, timerStartProcess);

    valueOf(await node.runtime.publishMessage({ name: 'begin', correlationKey: 'k', variables: {} }));
    await node.runtime.idle();

    expect(between).toEqual([]);
    expect(await kinds()).toEqual(['message', 'timer']);
    expect(await node.rows('SELECT bpmn_process_id FROM process_instances')).toEqual([{ bpmn_process_id: 'started' }]);
  });
});
