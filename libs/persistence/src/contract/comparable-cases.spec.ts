import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RowWrite } from '#runtime';
import { createVault, masterKeyOf } from '#vault';
import type { ComparableCases } from '../product/comparable-cases.js';
import { createConflictQueries } from '../product/conflict-queries.js';
import { createVaultQueries } from '../product/vault-queries.js';
import { startNode, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

interface Case {
  readonly key: number;
  readonly process?: string;
  readonly state?: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';
  readonly startAt?: number;
  readonly publicState?: string;
  readonly drill?: boolean;
  /** Another one: an instance that joined the case of an earlier one. */
  readonly caseKey?: number;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const asked: ComparableCases = {
  bpmnProcessId: 'claim',
  drill: false,
  alike: { category: 'C08' },
  unlike: { wish: 'discipline', nature: 'B' },
  without: ['merged'],
  begunAfter: 500,
  begunBefore: { at: 1_000, key: '9' },
  limit: 10,
};

const rowsOf = ({ key, caseKey = key, variables = {}, ...one }: Case): readonly RowWrite[] => [
  {
    sql: `INSERT INTO process_instances ("key", process_definition_key, bpmn_process_id, version, set_id, state, has_incident, root_instance_key, revision, position, start_at, case_key, public_state, drill)
      VALUES (?, 1, ?, 1, 1, ?, false, ?, 1, 1, ?, ?, ?, ${one.drill ?? false})`,
    params: [
      String(key),
      one.process ?? 'claim',
      one.state ?? 'ACTIVE',
      String(key),
      one.startAt ?? 100,
      String(caseKey),
      one.publicState ?? null,
    ],
  },
  ...Object.entries({ category: 'C08', ...variables }).map(([name, value], index) => ({
    sql: 'INSERT INTO variables (scope_key, name, "key", value, process_instance_key) VALUES (?, ?, ?, ?, ?)',
    params: [String(key), name, String(key * 10 + index), JSON.stringify(value), String(key)],
  })),
];

describe.each(testDatabases)('cases whose texts may be compared, on $kind', ({ open }) => {
  let node: TestNode;
  beforeAll(async () => void (node = await startNode(open, 1_000)));
  afterAll(() => node.drop());

  const store = (...cases: readonly Case[]) => {
    const deletions = ['process_instances', 'variables'].map((table) => ({ sql: `DELETE FROM ${table}`, params: [] }));
    return node.runtime.write([...deletions, ...cases.flatMap(rowsOf)]);
  };
  const found = (change: Partial<ComparableCases> = {}) =>
    createConflictQueries(node.database).comparableCases({ ...asked, ...change });

  it('go on or began lately, newest first and no more than asked for', async () => {
    await store(
      { key: 1 },
      { key: 2, state: 'COMPLETED' },
      { key: 3, state: 'COMPLETED', startAt: 600 },
      { key: 4, state: 'TERMINATED', startAt: 600 },
      { key: 5 },
    );

    expect(await found()).toEqual(['5', '3', '1']);
    expect(await found({ limit: 2 })).toEqual(['5', '3']);
  });

  it('began before the asking one, so that of two cases one alone is led to the other', async () => {
    await store({ key: 1, startAt: 1_001 }, { key: 2, startAt: 1_000 }, { key: 10, startAt: 1_000 });

    expect(await found()).toEqual(['2']);
  });

  it('opened with the same process, in earnest like the asking one, and are in no state that is passed over', async () => {
    await store(
      { key: 1, process: 'other' },
      { key: 2, caseKey: 1 },
      { key: 3, drill: true },
      { key: 4, publicState: 'merged' },
      { key: 5, publicState: 'accepted' },
    );

    expect(await found()).toEqual(['5']);
    expect(await found({ drill: true })).toEqual(['3']);
  });

  it('hold all values that are alike and none that is unlike', async () => {
    await store(
      { key: 1, variables: { category: 'C01' } },
      { key: 2, variables: { wish: 'discipline' } },
      { key: 3, variables: { wish: 'solve', nature: 'B' } },
      { key: 4, variables: { wish: 'solve', nature: 'C', unit: 'hr' } },
      { key: 5, variables: { wish: 'solve' } },
    );

    expect(await found()).toEqual(['5', '4']);
    expect(await found({ alike: { category: 'C08', unit: 'hr' } })).toEqual(['4']);
  });

  it('are compared in the sealed store, by the fields and classes asked for and no others', async () => {
    const vault = createVault(masterKeyOf(Buffer.alloc(32, 1)), {
      store: createVaultQueries(node.database),
      newKey: () => '1',
      now: () => 1_000,
    });
    const text = '三号宿舍楼二层公共浴室的热水器坏了，已经半个月没有热水。';
    const seal = (caseKey: string, field: string, more: object = {}): readonly RowWrite[] => {
      const { cipher, writes } = vault.createCase(caseKey);
      const leaf = { sealedKey: `${caseKey}1`, field, class: 'content', value: text, ...more };
      return [...writes, ...vault.sealLeaves(cipher, [leaf], { writtenBy: 'clerk', writtenAt: 1 })];
    };
    await node.runtime.write([
      ...seal('21', 'facts'),
      ...seal('22', 'facts', { value: `${text}请修好。` }),
      ...seal('23', 'notes'),
      ...seal('24', 'facts', { class: 'ident' }),
      ...seal('25', 'facts', { excludes: ['hr'] }),
    ]);
    const others = ['25', '24', '23', '22'];
    const limits = { atLeast: 0.6, leastPairs: 10 };

    const alike = (fields: readonly string[]) =>
      vault.mostAlike({ caseKey: '21', others, fields, classes: ['content'], ...limits });

    expect(await alike(['facts'])).toBe('22');
    expect(await alike(['facts', 'notes'])).toBe('23');
    expect(await alike(['other'])).toBeUndefined();
  });
});
