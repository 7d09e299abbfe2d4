import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RowWrite } from '#runtime';
import { CLEARED, createVault, masterKeyOf, type Vault } from '#vault';
import { verifyAudit } from '../audit/verify-audit.js';
import { placeHold } from '../product/destruction-queries.js';
import {
  createRetentionQueries,
  dropDraftsPast,
  forgetAccess,
  forgetFiles,
  forgetOriginals,
  forgetTrackingCode,
  requireFree,
  type Remainder,
  type RetentionQueries,
} from '../product/retention-queries.js';
import { createVaultQueries } from '../product/vault-queries.js';
import { startNode, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const ENDED = 1_000;
const policy = [{ id: 'clerk', sees: { ident: 'reason' } }] as const;

describe.each(testDatabases)('parts of cases whose time of keeping is over, on $kind', ({ open }) => {
  let node: TestNode;
  let queries: RetentionQueries;
  let vault: Vault;

  const instance = (key: string): RowWrite => ({
    sql: `INSERT INTO process_instances ("key", process_definition_key, bpmn_process_id, version, set_id, state, has_incident, root_instance_key, revision, position, start_at, end_at, case_key, case_no, drill)
      VALUES (${key}, 1, 'claim', 1, 1, 'COMPLETED', false, ${key}, 1, 1, 1, ${ENDED}, '${key}', 'XF-${key}', false)`,
    params: [],
  });
  const sealed = (caseKey: string): readonly RowWrite[] => {
    const { cipher, writes } = vault.createCase(caseKey);
    const leaf = { field: 'name', class: 'ident', value: '张三', match: 'person', matchValue: '张三' };
    const leaves = [
      { ...leaf, sealedKey: `${caseKey}1` },
      { sealedKey: `${caseKey}2`, field: 'facts', class: 'content', value: '事实' },
      { sealedKey: `${caseKey}3`, field: 'letter', class: 'original', value: { id: `f${caseKey}`, type: 'pdf' } },
    ];
    return [...writes, ...vault.sealLeaves(cipher, leaves, { writtenBy: 'clerk', writtenAt: 1 })];
  };
  const beside = (caseKey: string): readonly RowWrite[] => [
    {
      insert: 'tracking_codes',
      rows: [{ hash: `h${caseKey}`, case_key: caseKey, pin_hash: 'pin', created_at: 1 }],
    },
    {
      insert: 'attachments',
      rows: [
        {
          id: `f${caseKey}`,
          name: 'a.pdf',
          media_type: 'application/pdf',
          size: 1,
          digest: 'd',
          sealed: 'sealed name',
          case_key: caseKey,
          uploaded_at: 1,
        },
      ],
    },
    {
      insert: 'drafts',
      rows: [
        {
          user_task_key: caseKey,
          account: 'li',
          case_key: caseKey,
          key_version: 1,
          iv: '',
          ciphertext: '',
          tag: '',
          saved_at: 5,
        },
      ],
    },
    {
      insert: 'access_log',
      rows: [
        {
          access_key: `a${caseKey}`,
          at: 5,
          account: 'li',
          role: 'clerk',
          class: 'ident',
          field: 'name',
          case_key: caseKey,
          sealed_key: `${caseKey}1`,
          reason: '核对',
          purpose: 'screen',
        },
      ],
    },
  ];
  const past = (remainder: Remainder) =>
    queries.casesPast({ processes: ['claim'], remainder, endedBefore: ENDED + 1, after: '0', limit: 10 });
  const told = async (remainder: Remainder) => (await past(remainder)).map(({ caseNo, heldFor }) => [caseNo, heldFor]);

  beforeAll(async () => {
    node = await startNode(open, 10_000);
    queries = createRetentionQueries(node.database);
    const ports = { store: createVaultQueries(node.database), newKey: () => '9001', now: () => 10_000 };
    vault = createVault(masterKeyOf(Buffer.alloc(32, 1)), ports);
    for (const key of ['11', '12']) await node.runtime.write([instance(key), ...sealed(key), ...beside(key)]);
    const hold = { key: '31', caseKey: '12', caseNo: 'XF-12', reason: '诉讼', placedBy: 'wang', placedAt: 6 };
    await node.runtime.write(placeHold(hold));
  });
  afterAll(() => node.drop());

  it.each<Remainder>([{ of: 'key' }, { of: 'classes', classes: ['ident'] }, { of: 'codes' }, { of: 'files' }])(
    'are found with what stops it (%j)',
    async (remainder) => {
      expect(await told(remainder)).toEqual([
        ['XF-11', null],
        ['XF-12', '诉讼'],
      ]);
    },
  );

  it('are not cleared where a hold came in between', async () => {
    const outcome = await node.runtime.write([requireFree('12'), forgetTrackingCode('12')]);

    expect(outcome).toMatchObject({ ok: false, rejection: { code: 'conflict' } });
    expect(await told({ of: 'codes' })).toContainEqual(['XF-12', '诉讼']);
  });

  it('are the files among the values of classes, too, of which not even the name is left', async () => {
    const files = await vault.filesOf('11', ['ident', 'original']);
    const others = await vault.filesOf('11', ['ident', 'content']);

    await node.runtime.write([requireFree('11'), ...forgetOriginals(files, 10_000)]);

    expect([files, others]).toEqual([['f11'], []]);
    expect(await told({ of: 'files' })).toEqual([['XF-12', '诉讼']]);
    const [row] = await node.database.reader.query("SELECT name, digest, sealed FROM attachments WHERE id = 'f11'");
    expect(row).toEqual({ name: '', digest: '', sealed: null });
  });

  it('go one by one, and leave what is not asked for', async () => {
    await node.runtime.write([requireFree('11'), ...vault.clearClasses('11', ['ident'])]);
    await node.runtime.write([requireFree('11'), forgetTrackingCode('11')]);
    await node.runtime.write([requireFree('11'), forgetFiles('11', 10_000)]);

    const left = await Promise.all(
      (
        [
          { of: 'classes', classes: ['ident'] },
          { of: 'classes', classes: ['content'] },
          { of: 'codes' },
          { of: 'files' },
        ] as const
      ).map(told),
    );
    expect(left.map((cases) => cases.map(([number]) => number))).toEqual([
      ['XF-12'],
      ['XF-11', 'XF-12'],
      ['XF-12'],
      ['XF-12'],
    ]);
    expect(await queries.filesOf('11')).toEqual([]);
    const [row] = await node.database.reader.query("SELECT name, digest, sealed FROM attachments WHERE id = 'f11'");
    expect(row).toEqual({ name: '', digest: '', sealed: null });
    expect(await vault.casesLike('12', 'person')).toEqual([]);
  });

  it('are told as cleared to whoever may look, and no look is recorded for it', async () => {
    const written: unknown[] = [];
    const request = {
      caseKey: '11',
      sealedKeys: ['111'],
      account: 'li',
      roles: ['clerk'],
      reason: '核对',
      purpose: 'screen',
    } as const;

    const shown = await vault.reveal(request, policy, async (writes) => void written.push(...writes));

    expect(shown).toEqual({ ok: true, values: new Map([['111', CLEARED]]) });
    expect(written).toEqual([]);
  });

  it('are in the new case alone, with what is told from them, once that took them over', async () => {
    for (const key of ['21', '22']) await node.runtime.write([instance(key), ...sealed(key)]);
    const look = (caseKey: string, key: string) =>
      vault.reveal(
        { caseKey, sealedKeys: [key], account: 'li', roles: ['clerk'], reason: '核对', purpose: 'screen' },
        policy,
        async () => undefined,
      );

    const taken = await vault.takeOver(await vault.openCase('22'), { caseKey: '21', sealedKeys: ['211'] });
    await node.runtime.write(taken!.writes);

    const key = taken!.keys.get('211')!;
    expect(await look('22', key)).toEqual({ ok: true, values: new Map([[key, '张三']]) });
    expect(await look('21', '211')).toEqual({ ok: true, values: new Map([['211', CLEARED]]) });
    expect(await node.rows(`SELECT case_key, kind FROM sealed_matches WHERE sealed_key = '${key}'`)).toEqual([
      { case_key: '22', kind: 'match:person' },
    ]);
    expect(await vault.takeOver(await vault.openCase('22'), { caseKey: '21', sealedKeys: ['211'] })).toBeUndefined();
    expect(await vault.takeOver(await vault.openCase('22'), { caseKey: '12', sealedKeys: ['212'] })).toBeUndefined();
  });

  it('leave drafts of held cases', async () => {
    const count = await queries.draftsPast(6);
    await node.runtime.write([dropDraftsPast(6)]);

    expect(count).toBe(1);
    expect(await node.rows('SELECT case_key FROM drafts')).toEqual([{ case_key: '12' }]);
  });

  it('take looks out of the audit log, whose chain stays whole and says no more who looked', async () => {
    const before = Date.now() + 1_000;
    const looks = await queries.accessesPast({ before, after: 0, limit: 10 });
    await node.runtime.write(looks.filter(({ isFree }) => isFree).flatMap(forgetAccess));

    expect(looks.map(({ accessKey, isFree }) => [accessKey, isFree])).toEqual([
      ['a11', true],
      ['a12', false],
    ]);
    expect(await node.rows('SELECT access_key FROM access_log')).toEqual([{ access_key: 'a12' }]);
    expect((await verifyAudit(node.database)).faults).toEqual([]);
    const log = JSON.stringify(await node.rows(`SELECT payload FROM audit_log WHERE type LIKE 'access_log.%'`));
    expect(log).toContain('a11');
    expect(log).not.toContain('111');
  });
});
