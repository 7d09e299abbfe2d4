import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createQueries, observeEdges, type Edge } from '#persistence';
import { valueOf } from '../../libs/persistence/src/contract/node.js';
import { testDatabases } from '../../libs/persistence/src/contract/test-databases.js';
import { seededRandom, type Random } from '../support/seeded-random.js';
import { claimLedger, claimRate, claimSet, FollowedNode } from './followed.js';

const HOUR = 3_600_000;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** One random thing that somebody does, or that happens. */
async function act(node: FollowedNode, random: Random): Promise<void> {
  const tasks = await node.rows(
    `SELECT "key", process_instance_key FROM user_tasks WHERE state = 'CREATED' ORDER BY "key"`,
  );
  const task = tasks[below(random, Math.max(1, tasks.length))];
  const kind = below(random, 10);
  if (kind < 2 || !task) return void (await node.begin(below(random, 3) === 0 ? {} : { amount: below(random, 1_000) }));
  const [userTaskKey, instanceKey] = [String(task['key']), String(task['process_instance_key'])];
  if (kind < 6) {
    const variables = {
      again: below(random, 3) === 0,
      ...(below(random, 2) === 0 && { amount: below(random, 1_000) }),
    };
    await node.runtime.execute({ command: { type: 'completeUserTask', userTaskKey, variables } });
  } else if (kind === 6)
    await node.runtime.execute({
      instanceKey,
      command: {
        type: 'setVariables',
        scopeKey: instanceKey,
        variables: { amount: below(random, 1_000) },
        local: true,
      },
    });
  else if (kind === 7) await node.runtime.execute({ instanceKey, command: { type: 'cancelProcessInstance' } });
  else if (kind === 8) node.now += HOUR;
  else await deleteEnded(node);
  await node.runtime.idle();
}

async function deleteEnded(node: FollowedNode): Promise<void> {
  const [ended] = await node.rows(`SELECT "key" FROM process_instances WHERE state <> 'ACTIVE' ORDER BY "key"`);
  if (ended) await node.runtime.deleteInstance(String(ended['key']));
}

describe.each(testDatabases)('ledgers on $kind', ({ open }) => {
  let node: FollowedNode;

  beforeEach(async () => {
    node = new FollowedNode(await open(), await claimSet());
    await node.boot();
    await node.deploy();
  });
  afterEach(async () => {
    observeEdges(undefined);
    await node.drop();
  });

  it.each([1, 2, 3, 4])('are the same kept up step by step as made from nothing (run %d)', async (seed) => {
    const random = seededRandom(seed);
    for (let step = 0; step < 60; step += 1) {
      await act(node, random);
      if (below(random, 3) === 0) await node.follower.follow();
    }
    await node.follower.follow();

    const kept = await node.readModel();
    const anew = await node.madeAnew();

    expect(kept).toEqual(anew);
    expect(kept['ledger_rows']?.length).toBeGreaterThan(3);
    expect(await node.ledgers.isPending()).toBe(false);
    expect(node.errors).toEqual([]);
  });

  it('follow a step that comes while its rows are made', async () => {
    const key = await node.begin({ amount: 1 });
    const instances = node.ledgers.instances.bind(node.ledgers);
    let isFirst = true;
    Object.assign(node.ledgers, {
      instances: async (keys: readonly string[]) => {
        const found = await instances(keys);
        const setAmount = { type: 'setVariables', scopeKey: key, variables: { amount: 2 }, local: true } as const;
        if (isFirst) valueOf(await node.runtime.execute({ instanceKey: key, command: setAmount }));
        isFirst = false;
        return found;
      },
    });

    await node.follower.follow();

    const [row] = await node.rows('SELECT cells FROM ledger_rows');
    expect(JSON.parse(String(row?.['cells']))).toMatchObject({ amount: 2 });
  });

  it.each(['beforeBegin', 'afterBegin', 'betweenStatements', 'beforeCommit', 'afterCommit'] as const)(
    'lose nothing and keep nothing twice where the follower is cut off at the edge %s',
    async (edge) => {
      for (const amount of [1, 2, 3]) await node.begin({ amount });
      for (const pass of [1, 2, 3, 4]) {
        cutAt(edge, pass);
        await node.follower.follow();
        observeEdges(undefined);
        await node.restart();
      }

      await node.follower.follow();

      const kept = await node.readModel();
      expect(kept['ledger_rows']).toHaveLength(3);
      expect(kept).toEqual(await node.madeAnew());
    },
  );

  it('find what a node changed that did not know the declaration', async () => {
    const known = node.set;
    node.set = await claimSet({ ...claimLedger, process: 'claim' });
    await node.begin({ amount: 1 });
    await node.follower.follow();
    node.set = {
      ...known,
      readModel: { ledgers: [], accessLedgers: [], indicators: [], deadlines: [], hashes: new Map() },
    };
    await node.begin({ amount: 2 });
    node.set = known;
    await node.restart();

    await node.follower.follow();

    expect(await node.rows('SELECT * FROM ledger_rows')).toHaveLength(2);
  });

  it('make the rows again where a formula changes, and remove them with the declaration', async () => {
    await node.begin({ amount: 4 });
    await node.follower.follow();
    const columns = claimLedger.columns.map((column) =>
      column.id === 'amount' ? { ...column, value: '=amount * 2' } : column,
    );

    node.set = await claimSet({ ...claimLedger, columns });
    await node.follower.follow();
    const [doubled] = await node.rows('SELECT cells FROM ledger_rows');
    node.set = {
      ...node.set,
      hash: 'none',
      readModel: { ledgers: [], accessLedgers: [], indicators: [], deadlines: [], hashes: new Map() },
    };
    await node.follower.follow();

    expect(JSON.parse(String(doubled?.['cells']))).toMatchObject({ amount: 8 });
    expect(await node.readModel()).toEqual({
      ledger_rows: [],
      ledger_cells: [],
      indicator_facts: [],
      ledger_positions: [],
    });
  });

  it('name a formula that gives nothing, and keep the other cells', async () => {
    await node.begin({ amount: 'many' });
    await node.follower.follow();

    expect(await node.ledgers.faults(10)).toEqual([
      {
        fault: 'Expected a value of type number at /columns/1/value of workflows/ledgers/L1.ledger.json.',
        instances: 1,
      },
    ]);
    const [row] = await node.rows('SELECT cells FROM ledger_rows');
    expect(JSON.parse(String(row?.['cells']))).toMatchObject({ amount: null, state: 'ACTIVE' });
  });

  it.each([
    ['a number beyond all bounds', { amount: 1e300 }],
    ['a text with a zero byte', { amount: 'a\u0000b' }],
  ])('go on behind an instance with %s', async (_, variables) => {
    node.set = await claimSet(notedLedger, amountMean);
    await node.begin(variables);
    await node.begin({ amount: 3 });

    await node.follower.follow();

    expect(await node.ledgers.isPending()).toBe(false);
    expect(await node.rows('SELECT * FROM ledger_rows')).toHaveLength(2);
    expect(node.errors).toEqual([]);
  });

  it('go on behind an instance whose rows the database refuses, and name it', async () => {
    const refused = await node.begin({ amount: 1 });
    await node.begin({ amount: 2 });
    refusing(node, refused);

    await node.follower.follow();

    expect(await node.ledgers.isPending()).toBe(false);
    expect(await node.rows('SELECT * FROM ledger_rows')).toHaveLength(1);
    expect(await node.ledgers.faults(10)).toEqual([
      { fault: 'Expected rows that the database takes but it refused those of the instance.', instances: 1 },
    ]);
  });

  it('leave no row of an instance that is removed while its rows are made', async () => {
    const key = await node.begin({ amount: 1 });
    await node.runtime.execute({ instanceKey: key, command: { type: 'cancelProcessInstance' } });
    const instances = node.ledgers.instances.bind(node.ledgers);
    Object.assign(node.ledgers, {
      instances: async (keys: readonly string[]) => {
        const found = await instances(keys);
        await node.runtime.deleteInstance(key);
        return found;
      },
    });

    await node.follower.follow();

    expect(Object.values(await node.readModel()).flat()).toEqual([]);
  });

  it('go with the history of an instance', async () => {
    const key = await node.begin({ amount: 1 });
    await node.follower.follow();
    await node.runtime.execute({ instanceKey: key, command: { type: 'cancelProcessInstance' } });

    valueOf(await node.runtime.deleteInstance(key));
    await node.follower.follow();

    expect(Object.values(await node.readModel()).flat()).toEqual([]);
    expect(await createQueries(node.test.database).instance(key)).toBeUndefined();
  });
});

const notedLedger = {
  ...claimLedger,
  columns: [...claimLedger.columns, { id: 'note', title: '备注', type: 'text', value: '=amount', sort: true }],
};
const { denominator: _denominator, numerator: _numerator, ...claimCounted } = claimRate;
const amountMean = { ...claimCounted, kind: 'mean', value: '=amount', unit: '=amount' };

/** A store whose database takes no rows of this instance. */
function refusing(node: FollowedNode, key: string): void {
  const put = node.ledgers.put.bind(node.ledgers);
  Object.assign(node.ledgers, {
    put: async (followed: Parameters<typeof put>[0]) => {
      if (followed.some(({ mark, rows }) => mark.processInstanceKey === key && rows.length > 0))
        throw new Error('numeric field overflow');
      return put(followed);
    },
  });
}

/** Breaks the connection's work at the n-th passing of an edge, as a lost process would. */
function cutAt(edge: Edge, pass: number): void {
  let left = pass;
  observeEdges((passed) => {
    if (passed !== edge) return;
    left -= 1;
    if (left === 0) throw new Error(`cut at ${edge}`);
  });
}
