import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RowWrite } from '#runtime';
import { type CaseLink, nameCase, partCase } from '../product/case-origins.js';
import { casesHiddenBy, createConflictQueries } from '../product/conflict-queries.js';
import { createOrganizationQueries } from '../product/organization-queries.js';
import { readerQuery } from '../reader-query.js';
import { createVaultQueries } from '../product/vault-queries.js';
import { startNode, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

interface Link {
  readonly from: number;
  readonly to: number;
  readonly kind: CaseLink;
}

const CASES = 7;
const nobody = { roles: [], posts: [], processes: [] };
const kinds = fc.constantFrom<CaseLink>('started', 'returned', 'named', 'related', 'parted');
const anyCase = fc.nat({ max: CASES - 1 });
const graph = fc.record({
  links: fc.uniqueArray(fc.record({ from: anyCase, to: anyCase, kind: kinds }), {
    maxLength: 12,
    selector: ({ from, to, kind }) => `${from} ${to} ${kind}`,
  }),
  excluding: fc.uniqueArray(anyCase, { maxLength: 3 }),
});

/** All that is reached from the seeds against the direction of the links. */
function reached(seeds: readonly number[], links: readonly Link[]): readonly string[] {
  const found = new Set(seeds);
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const { from, to } of links) if (found.has(to)) found.add(from);
  }
  return [...found].map(String).sort();
}

const all = Array.from({ length: CASES }, (_, index) => String(index));
const matches = (kind: string, cases: readonly number[], hash: string): RowWrite => ({
  insert: 'sealed_matches',
  rows: cases.map((index) => ({ sealed_key: `${kind}${index}`, case_key: String(index), kind, hash })),
});

describe.each(testDatabases)('cases that come from others, on $kind', ({ open }) => {
  let node: TestNode;
  beforeAll(async () => void (node = await startNode(open, 1_000)));
  afterAll(() => node.drop());

  const write = async (links: readonly Link[], more: readonly RowWrite[]) => {
    const rows = links.map(({ from, to, kind }) => ({ case_key: String(from), origin_key: String(to), link: kind }));
    const deletions = ['case_origins', 'sealed_matches', 'process_instances'].map((table) => ({
      sql: `DELETE FROM ${table}`,
      params: [],
    }));
    await node.runtime.write([...deletions, ...(rows.length ? [{ insert: 'case_origins', rows }] : []), ...more]);
  };

  it('exclude exactly whom the cases exclude from which they come, however far and in however many ways', async () => {
    const vault = createVaultQueries(node.database);
    const conflicts = createConflictQueries(node.database);
    const organization = createOrganizationQueries(node.database);

    await fc.assert(
      fc.asyncProperty(graph, async ({ links, excluding }) => {
        await write(links, excluding.length ? [matches('excludes', excluding, 'h1')] : []);
        const expected = reached(excluding, links);
        const hidden = casesHiddenBy({ kind: 'excludes', hashes: ['h1', 'h2'] }, nobody);
        const byQuery = await readerQuery(node.database)(hidden.sql, [...hidden.params]);
        const hashes = await Promise.all(all.map((key) => vault.loadInheritedHashes(key, 'excludes')));

        expect({
          found: [...(await vault.findInheritingCases('excludes', 'h1'))].sort(),
          byQuery: byQuery.map((row) => String(row['case_key'])).sort(),
          byCase: all.filter((_, index) => hashes[index]!.length > 0),
          any: [...(await conflicts.casesThatExclude('excludes'))].sort(),
          asked: [...(await organization.casesWithExclusions(all))].sort(),
        }).toEqual({ found: expected, byQuery: expected, byCase: expected, any: expected, asked: expected });
      }),
      { numRuns: 40 },
    );
  });

  it('are in the hands that hold the case from which they were started; naming one and giving one back do not', async () => {
    const conflicts = createConflictQueries(node.database);
    const instance = (key: string): RowWrite => ({
      sql: `INSERT INTO process_instances ("key", process_definition_key, bpmn_process_id, version, set_id, state, has_incident, root_instance_key, revision, position, start_at, case_key, drill)
        VALUES (${key}, 1, 'sealed', 1, 1, 'ACTIVE', false, ${key}, 1, 1, 1, '${key}', false)`,
      params: [],
    });
    const links: readonly Link[] = [
      { from: 2, to: 1, kind: 'started' },
      { from: 3, to: 2, kind: 'started' },
      { from: 4, to: 1, kind: 'named' },
      { from: 5, to: 4, kind: 'started' },
      { from: 6, to: 1, kind: 'returned' },
      { from: 0, to: 6, kind: 'started' },
    ];
    await write(links, [instance('1')]);

    const found = await conflicts.casesInHandsOf({ roles: [], posts: [], processes: ['sealed'] });

    expect([...found].sort()).toEqual(['1', '2', '3']);
    expect(await conflicts.casesStartedBy('1')).toEqual(['2']);
    expect(await conflicts.casesReturnedBy('1')).toEqual(['6']);
    expect(await conflicts.casesThatStarted('6')).toEqual(['1']);
  });

  it('are of one matter where they name the same, near and far, and in no other way', async () => {
    const conflicts = createConflictQueries(node.database);
    await write(
      [
        { from: 2, to: 1, kind: 'named' },
        { from: 3, to: 1, kind: 'named' },
        { from: 4, to: 2, kind: 'named' },
        { from: 5, to: 1, kind: 'started' },
        { from: 4, to: 6, kind: 'started' },
        { from: 1, to: 4, kind: 'named' },
        { from: 0, to: 1, kind: 'related' },
        { from: 3, to: 6, kind: 'related' },
      ],
      [],
    );

    expect(await conflicts.casesOfMatter('3')).toEqual(['1', '2', '4']);
    expect(await conflicts.casesOfMatter('4')).toEqual(['1', '2', '3']);
    expect(await conflicts.casesOfMatter('5')).toEqual([]);
    expect(await conflicts.casesOfMatter('6')).toEqual([]);
    expect(await conflicts.casesOfMatter('0')).toEqual([]);
  });

  it('are of one matter no longer once a form says that they are not, by whichever of them the matter was reached', async () => {
    const conflicts = createConflictQueries(node.database);
    await write(
      [
        { from: 2, to: 1, kind: 'named' },
        { from: 3, to: 1, kind: 'named' },
        { from: 3, to: 5, kind: 'named' },
        { from: 3, to: 6, kind: 'started' },
        { from: 4, to: 3, kind: 'named' },
      ],
      [matches('excludes', [1], 'h1')],
    );

    await node.runtime.write([...partCase('3', '2'), ...partCase('3', '2')]);

    const rows = await node.rows(`SELECT origin_key, link FROM case_origins WHERE case_key = '3' ORDER BY origin_key`);
    expect(await conflicts.casesOfMatter('3')).toEqual(['4', '5']);
    expect(await conflicts.casesOfMatter('2')).toEqual(['1']);
    expect(rows).toEqual([
      { origin_key: '1', link: 'parted' },
      { origin_key: '5', link: 'named' },
      { origin_key: '6', link: 'started' },
    ]);
    expect([...(await conflicts.casesThatExclude('excludes'))].sort()).toEqual(['1', '2', '3', '4']);
  });

  it('matches nothing else by what a case comes from', async () => {
    const vault = createVaultQueries(node.database);
    await write([{ from: 1, to: 0, kind: 'named' }], [matches('match:phone', [0], 'p')]);

    expect(await vault.findCasesByMatch('match:phone', 'p')).toEqual(['0']);
    expect(await vault.loadMatchHashes('1', 'match:phone')).toEqual([]);
  });

  it('are named once, however often a form gives the number', async () => {
    await write([], []);

    await node.runtime.write([nameCase('8', '9'), nameCase('8', '9')]);
    await node.runtime.write([nameCase('8', '9')]);

    const rows = await node.rows('SELECT case_key, origin_key, link FROM case_origins');
    expect(rows).toEqual([{ case_key: '8', origin_key: '9', link: 'named' }]);
    const cases = await createOrganizationQueries(node.database).casesFrom('9');
    expect([...cases].sort()).toEqual(['8', '9']);
  });
});
