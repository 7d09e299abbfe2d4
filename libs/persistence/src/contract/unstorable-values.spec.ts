import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { unstorableValue } from '../failures.js';
import { createQueries } from '../queries/queries.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

/** SQLite holds them all. */
const isHeld = (kind: string): boolean => kind === 'SQLite';

describe.each(testDatabases)('values that PostgreSQL cannot hold, on $kind', ({ kind, open }) => {
  let node: TestNode;

  beforeEach(async () => {
    node = await startNode(open, Date.UTC(2026, 2, 2, 1));
  });
  afterEach(() => node.drop());

  const faultOf = (work: Promise<unknown>) => work.then(() => undefined, unstorableValue);

  it('are told from failures, in what is written and in what is searched for', async () => {
    const message = { name: 'answer', correlationKey: 'a\u0000b', variables: {}, timeToLiveMs: 1_000 };
    const filter = { processDefinitionId: 'a\u0000b' };
    const update = { sql: 'UPDATE user_tasks SET priority = ?', params: [2 ** 40] };

    const faults = [
      await faultOf(node.runtime.publishMessage(message)),
      await faultOf(createQueries(node.database).search('processInstances', { filter })),
      await faultOf(node.runtime.write([update])),
    ];

    expect(faults).toEqual(isHeld(kind) ? [undefined, undefined, undefined] : ['text', 'text', 'number']);
  });

  it('do no harm to what is asked beside them', async () => {
    const message = (correlationKey: string) => ({
      name: 'answer',
      correlationKey,
      variables: {},
      timeToLiveMs: 1_000,
    });

    const outcomes = await Promise.allSettled(
      ['k1', 'a\u0000b', 'k2'].map((correlationKey) => node.runtime.publishMessage(message(correlationKey))),
    );

    const ends = outcomes.map(({ status }) => status);
    expect(ends).toEqual(['fulfilled', isHeld(kind) ? 'fulfilled' : 'rejected', 'fulfilled']);
    valueOf(await node.runtime.publishMessage(message('k3')));
  });
});

describe('failure of another kind', () => {
  it('is no value that cannot be held', () => {
    expect([new Error('x'), null, { code: '40001' }].map(unstorableValue)).toEqual([undefined, undefined, undefined]);
  });
});
