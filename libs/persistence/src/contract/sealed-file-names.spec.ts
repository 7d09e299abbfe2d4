import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RowWrite } from '#runtime';
import { SealedFileNames1764000000362 } from '../migrations/0362-sealed-file-names.js';
import { createWorkQueries } from '../product/work-queries.js';
import { startNode, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

describe.each(testDatabases)('names of files from before they were sealed, on $kind', ({ open }) => {
  let node: TestNode;
  beforeAll(async () => void (node = await startNode(open, 1)));
  afterAll(() => node.drop());

  const key = (caseKey: string, destroyedAt: number | null): RowWrite => ({
    insert: 'case_keys',
    rows: [{ case_key: caseKey, key_version: 1, wrapped_key: 'k', created_at: 1, destroyed_at: destroyedAt }],
  });
  const file = (id: string, more: object): RowWrite => ({
    insert: 'attachments',
    rows: [{ id, name: `${id}.pdf`, media_type: 'application/pdf', size: 1, digest: 'd', uploaded_at: 1, ...more }],
  });

  it('go with cases and files that are gone; all others are left to be sealed, in the order of their ids', async () => {
    const runner = node.database.writer.createQueryRunner();
    const migration = new SealedFileNames1764000000362();
    await migration.down(runner);
    await node.runtime.write([key('11', null), key('12', 5)]);
    await node.runtime.write([
      file('f4', {}),
      file('f1', { case_key: '11' }),
      file('f2', { case_key: '12' }),
      file('f3', { case_key: '11', removed_at: 5 }),
    ]);

    await migration.up(runner);

    const { clearAttachments } = createWorkQueries(node.database);
    const told = async (after: string, limit: number) =>
      (await clearAttachments(after, limit)).map(({ id, caseKey, clear }) => ({ id, caseKey, clear }));
    expect(await node.rows("SELECT id FROM attachments WHERE name = '' AND digest = '' ORDER BY id")).toEqual([
      { id: 'f2' },
      { id: 'f3' },
    ]);
    expect(await told('', 9)).toEqual([
      { id: 'f1', caseKey: '11', clear: { name: 'f1.pdf', digest: 'd' } },
      { id: 'f4', caseKey: null, clear: { name: 'f4.pdf', digest: 'd' } },
    ]);
    expect(await told('f1', 1)).toMatchObject([{ id: 'f4' }]);
  });
});
