import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyDatabase } from '../verify-database.js';
import { createMasterKey, createVault } from '#vault';
import { createVaultQueries } from '../product/index.js';
import { createQueries } from '../queries/queries.js';
import { contentDestruction, verifyChains } from '../verify-chains.js';
import { caseProcess, taskProcess, timerProcess } from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

describe.each(testDatabases)('verification of a database on $kind', ({ open }) => {
  let node: TestNode;

  beforeEach(async () => {
    node = await startNode(open, Date.UTC(2026, 2, 2, 1));
    await node.deploy(taskProcess, timerProcess);
    await Promise.all(Array.from({ length: 120 }, (_, index) => node.begin(index % 2 === 0 ? 'order' : 'wait')));
  });

  afterEach(async () => {
    await node.drop();
  });

  it('replays every history to its state', async () => {
    const whole = await verifyDatabase(node.database);
    const part = await verifyDatabase(node.database, { sample: 10 });

    expect(whole).toMatchObject({ instances: 120, faults: [] });
    expect(whole.events).toBeGreaterThan(120 * 5);
    expect(part).toMatchObject({ instances: 10, faults: [] });
  });

  it('takes a case whose key and content were destroyed for whole, and tells content taken from one that runs', async () => {
    await node.deploy(caseProcess);
    const [gone, running] = [await node.begin('petition'), await node.begin('petition')];
    const folder = mkdtempSync(join(tmpdir(), 'changtong-key-'));
    const store = createVaultQueries(node.database);
    const ports = { store, newKey: () => '1', now: () => node.now };
    const vault = createVault(createMasterKey(join(folder, 'master.key')), ports);
    valueOf(await node.runtime.write(vault.createCase(gone).writes));
    valueOf(await node.runtime.execute({ instanceKey: gone, command: { type: 'cancelProcessInstance' } }));

    const destruction = [...vault.destroyCase(gone), ...(await contentDestruction(node.database, gone))];
    valueOf(await node.runtime.write(destruction));
    const whole = await verifyDatabase(node.database);
    const chains = await verifyChains(node.database);
    const readable = await createQueries(node.database).events(gone);
    await node.database.writer.query(`UPDATE event_log SET salt = NULL WHERE process_instance_key = ${running}`);
    const { faults } = await verifyDatabase(node.database);
    rmSync(folder, { recursive: true });

    expect(whole).toMatchObject({ instances: 122, faults: [] });
    expect(chains.broken).toEqual([]);
    expect(chains.destroyed).toBeGreaterThan(3);
    expect(readable).toEqual([]);
    expect(faults).toEqual([expect.stringMatching(/its content to go on but .* was destroyed/)]);
  });

  it('finds a lost event, a lost task, a lost timer and a changed state', async () => {
    const keys = (
      await node.rows(`SELECT "key" FROM process_instances WHERE bpmn_process_id = 'order' ORDER BY "key"`)
    ).map(({ key }) => String(key));
    const [timer] = await node.rows('SELECT MAX(process_instance_key) AS owner FROM timers');
    const change = (sql: string) => node.database.writer.query(sql);
    await change(`DELETE FROM event_log WHERE process_instance_key = ${keys[0]} AND position = 2`);
    await change(`DELETE FROM timers WHERE process_instance_key = ${String(timer?.owner)}`);
    await change(`DELETE FROM user_tasks WHERE process_instance_key = ${keys[1]}`);
    await change(`UPDATE process_instances SET state = 'COMPLETED' WHERE "key" = ${keys[2]}`);

    const { faults } = await verifyDatabase(node.database);

    expect(faults).toHaveLength(4);
    const all = faults.join('\n');
    expect(all).toMatch(/with a gap at 2/);
    expect(all).toMatch(/the open timers/);
    expect(all).toMatch(/the open userTasks/);
    expect(all).toMatch(/be COMPLETED but its events say active/);
  });
});
