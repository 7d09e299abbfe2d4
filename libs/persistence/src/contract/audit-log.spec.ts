import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RowWrite } from '#runtime';
import { changedHeads, instanceHeads } from '../audit/instance-heads.js';
import { verifyAudit } from '../audit/verify-audit.js';
import { migrations } from '../migrations/index.js';
import { createAuditQueries, decideDestruction, insertDestruction, type CaseDestruction } from '../product/index.js';
import { taskProcess } from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const look = (key: number): RowWrite => ({
  insert: 'access_log',
  rows: [
    {
      access_key: String(key),
      at: 5,
      account: 'li',
      role: 'xf_clerk',
      class: 'identity',
      field: 'petitioner.name',
      case_key: '11',
      sealed_key: '12',
      process_instance_key: null,
      reason: '核对',
      purpose: 'screen',
    },
  ],
});
const asked = { key: '21', caseKey: '11', caseNo: 'XF-1', reason: '期满', askedBy: 'li', askedAt: 5 };
const waiting: CaseDestruction = { ...asked, state: 'waiting', decidedBy: null, decidedAt: null, comment: null };

describe.each(testDatabases)('the audit log on $kind', ({ open }) => {
  let node: TestNode;

  beforeEach(async () => {
    node = await startNode(open, Date.UTC(2026, 2, 2, 1));
    await node.deploy(taskProcess);
  });
  afterEach(() => node.drop());

  const write = async (...writes: readonly RowWrite[]) => valueOf(await node.runtime.write(writes));
  const change = (sql: string) => node.database.writer.query(sql);
  const entries = () => createAuditQueries(node.database).entries({ limit: 100 });
  const faults = async () => (await verifyAudit(node.database)).faults;

  it('has an entry for each look, in the order in which they were committed', async () => {
    await write(look(1), look(2));
    await write(look(3));

    const found = (await entries()).filter(({ type }) => type === 'access_log.insert').toReversed();
    expect(found.map(({ facts }) => facts?.['access_key'])).toEqual(['1', '2', '3']);
    expect(found.map(({ position }) => position)).toEqual([2, 3, 4]);
    expect(found[0]?.facts).toMatchObject({ account: 'li', reason: '核对', process_instance_key: null });
    expect(await faults()).toEqual([]);
  });

  it('has what was published, asked and decided, as the rows are after it', async () => {
    await write(...insertDestruction(asked));
    await write(...decideDestruction(waiting, { state: 'rejected', by: 'wang', at: 7, comment: '再等等' }));

    expect((await entries()).map(({ type, facts }) => [type, facts?.['state'] ?? null])).toEqual([
      ['case_destructions.update', 'rejected'],
      ['case_destructions.insert', 'waiting'],
      ['config_sets.insert', null],
    ]);
    expect(await faults()).toEqual([]);
  });

  it('says nothing of a password or a wrapped key', async () => {
    const account = { id: 'x', name: '某', unit: null, password_hash: 'secret', disabled: false, created_at: 1 };
    await write({ insert: 'accounts', rows: [{ ...account, must_change_password: false }] });
    await write({ sql: 'UPDATE accounts SET disabled = ? WHERE id = ?', params: [true, 'x'] });
    const key = { case_key: '11', key_version: 1, wrapped_key: 'wrapped', created_at: 1, destroyed_at: null };
    await write({ insert: 'case_keys', rows: [key] });
    await write({
      sql: 'UPDATE case_keys SET wrapped_key = NULL, destroyed_at = ? WHERE case_key = ?',
      params: [9, '11'],
    });

    const found = await entries();
    const nobody = { changed_by: null, approved_by: null, password_changed_at: null, must_change_password: '0' };
    const fixed = { id: 'x', unit: null, created_at: '1', password_hash_sha256: expect.any(String), ...nobody };
    expect(found.slice(0, 3).map(({ facts }) => facts)).toEqual([
      { case_key: '11', destroyed_at: '9' },
      { ...fixed, disabled: '1' },
      { ...fixed, disabled: '0' },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/secret|wrapped|某/);
    expect(await faults()).toEqual([]);
  });

  it('has no entry of what was rolled back, and no gap', async () => {
    const failing = { sql: 'UPDATE accounts SET disabled = ? WHERE id = ?', params: [true, 'nobody'], expectRows: 1 };
    expect(await node.runtime.write([look(1), failing])).toMatchObject({ ok: false });
    await write(look(2));

    expect((await entries()).map(({ position }) => position)).toEqual([2, 1]);
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['an edited entry', `UPDATE audit_log SET payload = REPLACE(payload, 'li', 'wu') WHERE position = 2`, /entry 2/],
    ['another time', 'UPDATE audit_log SET at = at + 1 WHERE position = 2', /entry 2/],
    ['a removed entry', 'DELETE FROM audit_log WHERE position = 2', /Expected entry 2/],
    ['a cut tail', 'DELETE FROM audit_log WHERE position = 4', /ends after 3/],
    ['a head that was put back', `UPDATE audit_head SET position = 3, hash = 'x'`, /audit log/],
    [
      'an inserted entry',
      `INSERT INTO audit_log (position, at, type, version, payload, salt, hash) VALUES (5, 1, 'access_log.insert', 1, '{}', 's', 'h')`,
      /entry 5/,
    ],
    ['an edited row', `UPDATE access_log SET reason = '别的' WHERE access_key = '2'`, /access_log.*changed/],
    ['a removed row', `DELETE FROM access_log WHERE access_key = '2'`, /access_log.*removed/],
    [
      'an added row',
      `INSERT INTO access_log SELECT '9', at, account, role, class, field, case_key, sealed_key, process_instance_key, reason, purpose FROM access_log WHERE access_key = '1'`,
      /access_log.*there is none/,
    ],
  ])('tells %s', async (_name, sql, expected) => {
    await write(look(1), look(2), look(3));

    await change(sql);

    expect(await faults()).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });

  it('tells swapped entries', async () => {
    await write(look(1), look(2));
    for (const [from, to] of [
      [2, 100],
      [3, 2],
      [100, 3],
    ])
      await change(`UPDATE audit_log SET position = ${to} WHERE position = ${from}`);

    expect((await faults())[0]).toMatch(/entry 2/);
  });

  it('stays whole where the content of an entry was destroyed', async () => {
    await write(look(1));
    const { commitmentOf } = await import('../chain.js');
    const [row] = await node.rows('SELECT payload, salt FROM audit_log WHERE position = 1');
    const commitment = commitmentOf(String(row?.salt), String(row?.payload));
    await change(`UPDATE audit_log SET payload = NULL, salt = NULL, commitment = '${commitment}' WHERE position = 1`);

    expect((await faults()).filter((fault) => /entry/.test(fault) && !fault.includes('config_sets'))).toEqual([]);
  });

  it('says which instances were removed, with the head of their chain', async () => {
    const key = await node.begin('order');
    await node.runtime.execute({ instanceKey: key, command: { type: 'cancelProcessInstance' } });
    const [before] = await node.rows(`SELECT position, chain_head FROM process_instances WHERE "key" = ${key}`);
    await write({ sql: 'DELETE FROM process_instances WHERE "key" = ?', params: [key] });

    const [entry] = await entries();
    expect(entry).toMatchObject({
      type: 'process_instances.delete',
      facts: { key, position: String(before?.position), chain_head: before?.chain_head },
    });
  });

  it('lists how far each instance had come, and tells where that changed', async () => {
    const [first, second] = [await node.begin('order'), await node.begin('order')];
    const heads = [];
    for await (const head of instanceHeads(node.database, 0)) heads.push(head);

    expect(heads.map(({ processInstanceKey }) => processInstanceKey)).toEqual([first, second]);
    expect(await changedHeads(node.database, heads)).toEqual([]);
    await node.runtime.execute({ instanceKey: first, command: { type: 'cancelProcessInstance' } });
    expect(await changedHeads(node.database, heads)).toEqual([]);
    await change(`DELETE FROM event_log WHERE process_instance_key = ${second} AND position = ${heads[1]!.position}`);
    expect(await changedHeads(node.database, heads)).toEqual([heads[1]]);
  });

  it('begins with what an older database has', async () => {
    await write(look(1), look(2));
    const { writer } = node.database;
    const runner = writer.createQueryRunner();
    const [migration] = migrations.filter(({ name }) => name.startsWith('AuditLog')).map((each) => new each());
    await migration!.down(runner);
    await migration!.up(runner);

    expect((await entries()).map(({ type }) => type)).toEqual([
      'config_sets.insert',
      'access_log.insert',
      'access_log.insert',
    ]);
    expect(await faults()).toEqual([]);
  });

  it('goes on with what an account of an older database says of its password', async () => {
    const account = { id: 'x', name: '某', unit: null, password_hash: 'secret', disabled: false, created_at: 1 };
    await write({ insert: 'accounts', rows: [{ ...account, must_change_password: false }] });
    await change(`UPDATE accounts SET must_change_password = true WHERE id = 'x'`);
    const before = await faults();
    const [migration] = migrations.filter(({ name }) => name.startsWith('AuditedPasswords')).map((each) => new each());

    await migration!.up(node.database.writer.createQueryRunner());

    expect(before).toEqual([expect.stringMatching(/accounts \["x"\].*changed/)]);
    expect((await entries())[0]?.facts).toMatchObject({ id: 'x', must_change_password: '1' });
    expect(await faults()).toEqual([]);
  });
});
