import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyChains, verifyDatabase } from '#persistence';
import { startNode, type TestNode } from '../../libs/persistence/src/contract/node.js';
import { testDatabases } from '../../libs/persistence/src/contract/test-databases.js';
import { seededRandom } from '../support/seeded-random.js';
import { started } from './correlation-oracle.js';
import { MessageTraffic, trafficModels } from './message-traffic.js';

const COUNT = Number(process.env['MESSAGE_COUNT'] ?? 400);
const SEED = Number(process.env['MESSAGE_SEED'] ?? 20261125);
const WANTED = process.env['MESSAGE_DATABASE'];
const HOUR = 3_600_000;
const databases = testDatabases.filter(({ kind }) => WANTED === undefined || kind.toLowerCase().startsWith(WANTED));

/**
 * Messages doubled fivefold, early, late, lost and sent again, for two receivers of one process and of two, and for a
 * start event with one running instance per key. `npm run test:messages -- --count N --seed S` sends more.
 */
describe.each(databases)(`${COUNT} messages on $kind (seed ${SEED})`, ({ open }) => {
  let node: TestNode;
  let traffic: MessageTraffic;

  beforeAll(async () => {
    node = await startNode(open, Date.UTC(2026, 2, 2, 1));
    await node.deploy(...trafficModels.map(({ xml }) => xml));
    traffic = new MessageTraffic(node, seededRandom(SEED));
    await traffic.run(COUNT);
    process.stderr.write(`${JSON.stringify({ published: traffic.published, ...Object.fromEntries(traffic.did) })}\n`);
  }, 24 * HOUR);

  afterAll(() => node.drop());

  /** Process, correlation key, number of the message and end of each instance, as they are stored. */
  const stored = async () =>
    node.rows(
      `SELECT p."key" AS instance, p.bpmn_process_id AS process, p.start_correlation_key AS correlation, p.state, v.value AS number
       FROM process_instances p LEFT JOIN variables v ON v.scope_key = p."key" AND v.name = 'number' ORDER BY p."key"`,
    );

  it('takes every kind of course', () => {
    expect(traffic.did.size).toBe(8);
    expect(traffic.lanes.filter(({ oracle }) => oracle.met.early > 0).length).toBeGreaterThan(0);
    expect(traffic.lanes.filter(({ oracle }) => oracle.met.late > 0).length).toBeGreaterThan(0);
  });

  it('answers each sending as the oracle does', () => {
    expect(traffic.wrongAnswers).toEqual([]);
  });

  it('gives every receiver its message, and no message twice to a process', async () => {
    const rows = (await stored()).filter(({ process }) => process !== started);
    const found = rows.map(({ instance, number, state }) => [String(instance), number ?? null, state]);

    const expected = traffic.lanes
      .flatMap(({ begun }) => begun)
      .map(({ key, expected: { received } }) => [
        key,
        received === undefined ? null : String(received),
        received === undefined ? 'ACTIVE' : 'COMPLETED',
      ]);
    expect(found).toHaveLength(expected.length);
    expect(new Map(found.map((row) => [row[0], row]))).toEqual(new Map(expected.map((row) => [row[0], row])));
  });

  it('starts one instance per key at a time, each by its message', async () => {
    const rows = (await stored()).filter(({ process }) => process === started);
    const found = rows.map(
      ({ correlation, number, state }) => `${String(correlation)} ${String(number)} ${state === 'ACTIVE'}`,
    );

    const expected = traffic.lanes.flatMap(({ caseNo, oracle }) =>
      oracle.instances
        .filter(({ process }) => process === started)
        .map(({ received, isEnded }) => `${caseNo} ${received} ${!isEnded}`),
    );
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  it('leaves nothing under way, histories that replay and whole chains', async () => {
    expect(await node.rows('SELECT kind FROM inbox')).toEqual([]);
    expect((await verifyDatabase(node.database)).faults).toEqual([]);
    expect((await verifyChains(node.database)).broken).toEqual([]);
  });
});
