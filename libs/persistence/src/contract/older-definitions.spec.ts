import type { RuntimeLog } from '#runtime';
import { bpmn, end, flow, properties, start, taskProcess, timerEvent, userTask } from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const T0 = Date.UTC(2026, 2, 2, 1);
const MINUTE = 60_000;
const remembered = bpmn(
  'remembered',
  properties({ 'ct.historyTimeToLive': 'P1D' }) +
    start() +
    userTask('wait') +
    `<bpmn:boundaryEvent id="tick" attachedToRef="wait" cancelActivity="false">${timerEvent('PT1H')}</bpmn:boundaryEvent>` +
    userTask('told') +
    end() +
    '<bpmn:endEvent id="told-end" />' +
    flow('start', 'wait') +
    flow('wait', 'end') +
    flow('tick', 'told') +
    flow('told', 'told-end'),
);

describe.each(testDatabases)(
  'definitions of an older version, which took what is refused today, on $kind',
  ({ open }) => {
    let node: TestNode;
    let logged: string[];
    const log: RuntimeLog = {
      info: () => undefined,
      warn: (fields, message) => logged.push(`${message} ${JSON.stringify(fields)}`),
      error: (fields, message) => logged.push(`${message} ${String((fields as { err?: unknown }).err)}`),
    };
    const store = (xml: string) =>
      node.database.writer.query(
        `UPDATE process_definitions SET xml = '${xml.replaceAll("'", "''")}' WHERE bpmn_process_id = 'remembered'`,
      );
    const complete = async (key: string) =>
      node.runtime.execute({
        command: { type: 'completeUserTask', userTaskKey: await node.openTask(key), variables: {} },
      });
    const elements = async (key: string) =>
      (
        await node.rows(
          `SELECT element_id FROM element_instances WHERE process_instance_key = ${key} AND element_type = 'userTask' ORDER BY "key"`,
        )
      ).map((row) => row.element_id);

    beforeEach(async () => {
      logged = [];
      node = await startNode(open, T0, { log });
      await node.deploy(remembered, taskProcess);
    });

    afterEach(async () => {
      await node.drop();
    });

    it('go on as they were understood then, and say what is refused today', async () => {
      const key = await node.begin('remembered');
      await store(remembered.replace('cancelActivity="false"', 'cancelActivity="0"'));
      node.now = T0 + 61 * MINUTE;

      await node.restart();
      await node.runtime.idle();
      const outcome = await complete(key);
      const another = await node.begin('remembered');

      expect(await elements(key)).toEqual(['wait', 'told']);
      expect(outcome.ok).toBe(true);
      expect(await elements(another)).toEqual(['wait']);
      expect(logged.join('\n')).toMatch(/would be refused today.*cancelActivity/);
    });

    it('harm no other where they cannot be read at all: their own commands say so, their timers wait', async () => {
      const key = await node.begin('remembered');
      const other = await node.begin('order');
      await store('no diagram');
      node.now = T0 + 61 * MINUTE;

      await node.restart();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const refused = await complete(key).catch((cause: unknown) => cause);
      const outcome = await complete(other);
      const timers = await node.rows('SELECT 1 FROM timers');
      await store(remembered);
      await node.restart();
      await node.runtime.idle();

      expect(refused).toMatchObject({
        name: 'DefinitionUnreadable',
        message: expect.stringMatching(/p0\.bpmn version 1.*remembered.*but/),
      });
      expect(valueOf(outcome).status).toBe('completed');
      expect(timers).toHaveLength(1);
      expect(await elements(key)).toEqual(['wait', 'told']);
    });

    it('hold up the removal of no other history', async () => {
      await node.begin('remembered');
      const short = bpmn(
        'short',
        properties({ 'ct.historyTimeToLive': 'P1D' }) +
          start() +
          userTask('a') +
          end() +
          flow('start', 'a') +
          flow('a', 'end'),
      );
      await node.deploy(short);
      const gone = await node.begin('short');
      valueOf(await complete(gone));
      await store('no diagram of ct.historyTimeToLive');
      node.now = T0 + 3 * 24 * 60 * MINUTE;

      await node.restart();
      await new Promise((resolve) => setTimeout(resolve, 500));

      const left = await node.rows('SELECT bpmn_process_id FROM process_instances');
      await store(remembered);
      expect(left).toEqual([{ bpmn_process_id: 'remembered' }]);
    });
  },
);
