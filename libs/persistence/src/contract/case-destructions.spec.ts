import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RowWrite } from '#runtime';
import {
  createDestructionQueries,
  decideDestruction,
  insertDestruction,
  liftHold,
  placeHold,
  type DestructionQueries,
} from '../product/index.js';
import { taskProcess } from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const key = { case_key: '11', key_version: 1, wrapped_key: 'w', created_at: 1, destroyed_at: null };
const asked = { key: '21', caseKey: '11', caseNo: 'XF-1', reason: '期满', askedBy: 'li', askedAt: 5 };
const placed = { key: '31', caseKey: '11', caseNo: 'XF-1', reason: '复查', placedBy: 'wang', placedAt: 6 };
const approved = { state: 'destroyed', by: 'wang', at: 7, comment: '可以' } as const;
const destroyed: RowWrite = {
  sql: 'UPDATE case_keys SET wrapped_key = NULL, destroyed_at = ? WHERE case_key = ? AND destroyed_at IS NULL',
  params: [7, '11'],
  expectRows: 1,
};

describe.each(testDatabases)('destruction of case keys on $kind', ({ open }) => {
  let node: TestNode;
  let queries: DestructionQueries;

  beforeEach(async () => {
    node = await startNode(open, Date.UTC(2026, 2, 2, 1));
    queries = createDestructionQueries(node.database);
    valueOf(await node.runtime.write([{ insert: 'case_keys', rows: [key] }]));
    valueOf(await node.runtime.write(insertDestruction(asked)));
  });
  afterEach(() => node.drop());

  const destroy = async (decision: Parameters<typeof decideDestruction>[1] = approved) =>
    node.runtime.write([destroyed, ...decideDestruction((await queries.destruction('21'))!, decision)]);

  it('is asked once at a time, decided once, and by another', async () => {
    const doubled = await node.runtime.write(insertDestruction({ ...asked, key: '22' }));
    const own = await destroy({ ...approved, by: 'li' });
    const first = await destroy();
    const second = await destroy();

    expect([doubled, own, first, second].map(({ ok }) => ok)).toEqual([false, false, true, false]);
    expect(await queries.destructions(10)).toEqual([
      { ...asked, state: 'destroyed', decidedBy: 'wang', decidedAt: 7, comment: '可以' },
    ]);
  });

  it('waits until no hold is in force; one case has one hold at a time', async () => {
    valueOf(await node.runtime.write(placeHold(placed)));

    const doubled = await node.runtime.write(placeHold({ ...placed, key: '32' }));
    const held = await destroy();
    valueOf(await node.runtime.write(liftHold('31', 'zhao', 8, '查完')));
    const lifted = await destroy();
    const late = await node.runtime.write(placeHold({ ...placed, key: '33' }));

    expect([doubled, held, lifted, late].map(({ ok }) => ok)).toEqual([false, false, true, false]);
    expect(await queries.holdOn('11')).toBeUndefined();
    expect(await queries.holds(10)).toEqual([{ ...placed, liftedBy: 'zhao', liftedAt: 8, liftReason: '查完' }]);
  });

  it('and a hold at the same moment do not both happen', async () => {
    const outcomes = await Promise.all([node.runtime.write(placeHold(placed)), destroy()]);

    expect(outcomes.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  });

  it('is refused while an instance of the case runs', async () => {
    const record = { bpmnProcessId: 'order', variables: {}, caseKey: '11' };
    await node.deploy(taskProcess);
    valueOf(await node.runtime.createInstance(record));

    expect((await destroy()).ok).toBe(false);
  });
});
