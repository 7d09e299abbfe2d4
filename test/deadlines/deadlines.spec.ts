import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConfigurationSet } from '#configuration';
import { observeEdges, openDatabase } from '#persistence';
import { tellPublication } from '../../apps/server/src/deadlines/tell-publication.js';
import {
  bpmn,
  end,
  flow,
  folderSet,
  form,
  message,
  messageEvent,
  userTask,
} from '../../libs/persistence/src/contract/models.js';
import { valueOf } from '../../libs/persistence/src/contract/node.js';
import { testDatabases } from '../../libs/persistence/src/contract/test-databases.js';
import { claimForm } from '../../libs/configuration/test/tiny-configuration.js';
import { claimLedger, claimModel, claimRate, claimSet, FollowedNode } from '../ledgers/followed.js';
import { seededRandom, type Random } from '../support/seeded-random.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, 09:00 in the zone of the calendar. */
const BEGIN = Date.UTC(2026, 2, 2, 1);
const at = (day: number, hour = 0): number => Date.UTC(2026, 2, day, hour - 8);

const notify = { notify: { to: '=["clerk"]', text: '=mark.title + " " + mark.at' } };
const task = {
  id: 'register',
  title: '登记',
  of: { process: 'claim', task: 'register' },
  period: '4W',
  marks: [0.5, 0.8, 1, 'after 2W'].map((mark) => ({ at: mark, do: notify })),
};
const whole = {
  id: 'whole',
  title: '全程',
  of: { process: 'claim' },
  period: '10D',
  statutory: true,
  pause: ['pause'],
};

/** What a message starts. */
const noteModel = bpmn(
  'note',
  `<bpmn:startEvent id="start">${messageEvent('claim.note')}</bpmn:startEvent>` +
    userTask('read') +
    end() +
    flow('start', 'read') +
    flow('read', 'end'),
  message('claim.note'),
);
const noteFile = { 'workflows/note/note.bpmn': noteModel.replaceAll('F01', 'F1') };
const promisesField = { promises: { type: 'array', title: '承诺', 'x-class': 'stat', items: { type: 'object' } } };
const others = { ...noteFile, 'forms/F1.form.json': claimForm(promisesField) };

const declared = (
  deadlines: readonly object[],
  more: Readonly<Record<string, object | string>> = {},
): Promise<ConfigurationSet> =>
  claimSet(claimLedger, claimRate, { ...others, 'workflows/deadlines.json': deadlines, ...more });
const deployed = {
  'forms/F01.form.json': form,
  'workflows/claim/claim.bpmn': claimModel,
  'workflows/note/note.bpmn': noteModel,
};
const calendar = (holidays: readonly string[]) => ({
  'workflows/calendar/2026.json': { year: 2026, holidays, workdays: [] },
});

describe.each(testDatabases)('deadlines on $kind', ({ kind, open }) => {
  let node: FollowedNode;

  const boot = async (deadlines: readonly object[]) => {
    node = new FollowedNode(await open(), await declared(deadlines));
    node.now = BEGIN;
    await node.boot();
    valueOf(await node.runtime.deploy(folderSet(deployed)));
  };
  /** Follows, and performs what is due. */
  const settle = async () => {
    await node.runtime.idle();
    await node.follower.follow();
    await node.keeper.keep();
    await node.runtime.idle();
    await node.follower.follow();
  };
  const advance = async (to: number) => {
    node.now = to;
    await settle();
  };
  const notices = async () =>
    (await node.rows('SELECT text FROM notices ORDER BY created_at, notice_key')).map(({ text }) => String(text));
  const deadlines = () => node.rows('SELECT * FROM deadlines ORDER BY id');
  const openTask = async (element = 'register') => {
    const [row] = await node.rows(
      `SELECT "key" FROM user_tasks WHERE element_id = '${element}' AND state = 'CREATED' ORDER BY "key"`,
    );
    return String(row?.['key']);
  };
  const complete = async (element = 'register') =>
    valueOf(
      await node.runtime.execute({
        command: { type: 'completeUserTask', userTaskKey: await openTask(element), variables: {} },
      }),
    );
  const publish = async (set: ConfigurationSet) => {
    node.set = set;
    valueOf(await node.runtime.deploy({ ...folderSet(deployed), hash: set.hash, by: 'clerk1' }));
    await node.follower.follow();
  };

  afterEach(async () => {
    observeEdges(undefined);
    await node.drop();
  });

  describe('of a task', () => {
    beforeEach(async () => {
      await boot([task]);
      await node.begin({ amount: 1 });
      await settle();
    });

    it('show in its row when it is due and when its lamp changes', async () => {
      const [row] = await node.rows('SELECT due_at, near_at, urgent_at FROM user_tasks');
      const [candidate] = await node.rows('SELECT due_sort FROM user_task_candidates');

      expect([row?.['due_at'], candidate?.['due_sort']].map(Number)).toEqual([at(7), at(7)]);
      expect(Number(row?.['near_at'])).toBe(at(4, 16) + HOUR / 2);
      expect(Number(row?.['urgent_at'])).toBe(at(6, 2) - HOUR / 5);
    });

    it('perform each mark once and in order', async () => {
      for (let day = 2; day < 16; day += 1) await advance(at(day, 12));

      expect(await notices()).toEqual(['登记 0.5', '登记 0.8', '登记 1', '登记 after 2W']);
      expect(node.errors).toEqual([]);
    });

    it('perform once what came due while nobody ran', async () => {
      node.now = at(20);
      await node.restart();
      await settle();
      await node.restart();
      await settle();

      expect(await notices()).toEqual(['登记 0.5', '登记 0.8', '登记 1', '登记 after 2W']);
    });

    it('perform none after the task, also where the follower is behind', async () => {
      node.now = at(8);
      await complete();

      await node.keeper.keep();
      await settle();

      expect(await notices()).toEqual([]);
      expect(await deadlines()).toMatchObject([{ state: 'CLOSED', next_mark: null }]);
      expect(Number((await deadlines())[0]?.['closed_at'])).toBe(at(8));
    });

    it('are refused where the instance went on between the claim and the act', async () => {
      node.now = at(4, 20);
      const claim = node.deadlines.claim.bind(node.deadlines);
      Object.assign(node.deadlines, {
        claim: async (...asked: Parameters<typeof claim>) => {
          const marks = await claim(...asked);
          if (marks.length > 0 && (await openTask()) !== 'undefined') await complete();
          return marks;
        },
      });

      await node.keeper.keep();

      expect(await notices()).toEqual([]);
      expect(await deadlines()).toMatchObject([{ performed: '[]', claimed_by: null }]);
    });

    it('list the task under the lamp that working time gives', async () => {
      const { createQueries } = await import('#persistence');
      const queries = createQueries(node.test.database);
      const shown = (lamp: 'normal' | 'near', now: number) =>
        queries.taskList({ view: 'claimable', user: 'x', groups: ['clerk'], now, lamp });

      expect((await shown('normal', at(4, 15))).items).toHaveLength(1);
      expect((await shown('near', at(4, 15))).items).toHaveLength(0);
      expect((await shown('near', at(4, 17))).items).toHaveLength(1);
    });

    it.each(['beforeBegin', 'afterBegin', 'betweenStatements', 'beforeCommit', 'afterCommit'] as const)(
      'lose no mark and perform none twice where the keeper is cut off at the edge %s',
      async (edge) => {
        node.now = at(20);
        for (const pass of [1, 2, 3, 4]) {
          cutAt(edge, pass);
          await node.keeper.keep();
          observeEdges(undefined);
          await node.restart();
        }

        await settle();

        expect(await notices()).toEqual(['登记 0.5', '登记 0.8', '登记 1', '登记 after 2W']);
      },
    );

    it('go with the history of their instance', async () => {
      await complete();
      await advance(BEGIN + 2 * HOUR);
      await complete('review');
      await settle();
      const [instance] = await node.rows('SELECT "key" FROM process_instances');
      valueOf(await node.runtime.deleteInstance(String(instance?.['key'])));

      expect(await deadlines()).toEqual([]);
    });
  });

  it('stand still during a pause', async () => {
    await boot([{ ...whole, marks: [{ at: 1, do: notify }] }]);
    await node.begin({ amount: 1 });
    await complete();
    await settle();
    const during = await deadlines();
    await advance(BEGIN + 3 * DAY);
    const after = await deadlines();

    expect(during).toMatchObject([{ state: 'PAUSED', due_at: null, next_at: null }]);
    expect(after).toMatchObject([{ state: 'OPEN', next_mark: '1' }]);
    expect(Number(after[0]?.['due_at'])).toBe(at(16));
  });

  it('publish messages and start processes in the transaction of the mark', async () => {
    const start = { start: { processId: 'claim', variables: { amount: '=amount + 1' } } };
    const message = {
      message: { name: 'claim.note', correlationKey: '=instance.caseNo', variables: { note: 'late' } },
    };
    await boot([
      {
        id: 'ladder',
        title: '全程',
        of: { process: 'claim', when: '=amount = 1' },
        period: 'PT2H',
        marks: [
          { at: 0.5, do: start },
          { at: 1, do: message },
        ],
      },
    ]);
    await node.begin({ amount: 1 });
    await settle();

    await advance(BEGIN + 3 * HOUR);
    await advance(BEGIN + 9 * HOUR);

    const amounts = await node.rows(`SELECT value FROM variables WHERE name = 'amount' ORDER BY value`);
    const notes = await node.rows(`SELECT value FROM variables WHERE name = 'note'`);
    expect(amounts.map(({ value }) => String(value))).toEqual(['1', '2']);
    expect(notes.map(({ value }) => String(value))).toEqual(['"late"']);
    expect(await deadlines()).toMatchObject([{ performed: '["0.5","1"]', fault: null }]);
  });

  it('tell why a mark had no act, and go on', async () => {
    await boot([
      {
        ...task,
        marks: [
          { at: 0.5, do: { message: { name: 'claim.note', correlationKey: '=amount.none' } } },
          { at: 1, do: notify },
        ],
      },
    ]);
    await node.begin({ amount: 1 });
    await settle();

    await advance(at(9));

    expect(await notices()).toEqual(['登记 1']);
    expect(String((await deadlines())[0]?.['fault'])).toContain('/0/marks/0/do/message/correlationKey');
  });

  it('of items are opened and closed with them', async () => {
    const of = { process: 'claim', each: '=promises', key: '=item.id', until: '=item.done' };
    await boot([
      {
        id: 'promise',
        title: '承诺',
        of,
        due: '=date(item.due)',
        marks: [{ at: 1, do: { notify: { to: '=["clerk"]', text: '=item.id' } } }],
      },
    ]);
    const promises = [
      { id: 'a', due: '2026-03-05' },
      { id: 'b', due: '2026-03-06' },
    ];
    const key = await node.begin({ amount: 1, promises });
    await settle();
    const scope = { type: 'setVariables', scopeKey: key, local: true } as const;
    const done = [{ ...promises[0]!, done: '2026-03-03' }, promises[1]!];
    valueOf(await node.runtime.execute({ instanceKey: key, command: { ...scope, variables: { promises: done } } }));

    await advance(at(20));

    expect(await notices()).toEqual(['b']);
    expect((await deadlines()).map(({ item, state }) => [item, state])).toEqual([
      ['a', 'CLOSED'],
      ['b', 'OPEN'],
    ]);
  });

  describe('after a publication', () => {
    const other = { ...task, id: 'statutory', statutory: true };

    beforeEach(async () => {
      await boot([task, other, whole]);
      for (const amount of [1, 2, 3]) await node.begin({ amount });
      await settle();
    });

    const moves = () => node.rows('SELECT * FROM deadline_moves ORDER BY id');
    const dueDates = async (id: string) =>
      (await node.rows(`SELECT due_at FROM deadlines WHERE deadline_id = '${id}'`)).map((row) => Number(row['due_at']));

    it('are computed again where the calendar changed, and say from when to when', async () => {
      await publish(await declared([task, other, whole], calendar(['2026-03-05'])));

      expect(await dueDates('register')).toEqual([at(10), at(10), at(10)]);
      const moved = (await moves()).filter(({ title, is_kept }) => title === '登记' && Number(is_kept) === 0);
      expect(moved.map(({ from_due, to_due }) => [from_due, to_due].map(Number))).toEqual(
        [1, 2, 3].map(() => [at(7), at(10)]),
      );
    });

    it('are not loosened where they are statutory, by the publication or by a step after it', async () => {
      const set = await declared([task, other, whole], calendar(['2026-03-05']));
      await publish(set);
      const [instance] = await node.rows('SELECT "key" FROM process_instances ORDER BY "key"');
      const key = String(instance?.['key']);
      const command = { type: 'setVariables', scopeKey: key, variables: { amount: 9 }, local: true } as const;
      valueOf(await node.runtime.execute({ instanceKey: key, command }));
      await settle();

      expect(await dueDates('statutory')).toEqual([at(7), at(7), at(7)]);
      expect((await moves()).filter(({ is_kept }) => Number(is_kept) === 1)).toHaveLength(3);
    });

    it('come earlier where they are statutory and the period is shorter', async () => {
      await publish(await declared([task, { ...other, period: '2W' }, whole]));

      expect(await dueDates('statutory')).toEqual([at(5), at(5), at(5)]);
    });

    it('leave closed ones as they were', async () => {
      await complete();
      await settle();
      await publish(await declared([task, other, whole], calendar(['2026-03-05'])));

      expect((await dueDates('register')).sort()).toEqual([at(7), at(10), at(10)]);
    });

    it('go on where they were left, and are told once', async () => {
      const set = await declared([task, other, whole], calendar(['2026-03-05']));
      const put = node.ledgers.put.bind(node.ledgers);
      Object.assign(node.ledgers, { put: async () => Promise.reject(new Error('cut off')) });
      await publish(set);
      Object.assign(node.ledgers, { put });
      await node.restart();
      await node.follower.follow();
      const [setId] = node.caughtUp.slice(-1);
      const surroundings = { deadlines: node.deadlines, runtime: node.runtime, set: node.set };
      await tellPublication(setId!, surroundings);
      await tellPublication(setId!, surroundings);

      expect(await dueDates('register')).toEqual([at(10), at(10), at(10)]);
      expect(await node.rows('SELECT * FROM deadline_publications')).toMatchObject([{ earlier: 0, later: 3, kept: 3 }]);
      const told = await node.rows(`SELECT recipient FROM notices ORDER BY recipient`);
      expect(told.map(({ recipient }) => recipient)).toEqual(['clerk', 'clerk1']);
    });

    it('are closed where nothing declares them any more', async () => {
      await publish(await declared([other, whole]));
      await advance(at(20));

      expect(await notices()).toHaveLength(12);
      expect((await deadlines()).filter(({ state }) => state === 'CLOSED')).toHaveLength(3);
    });
  });

  it.each([1, 2, 3])('keep their laws whatever happens (run %d)', async (seed) => {
    const text = '=mark.title + "|" + instance.caseNo + "|" + string(task.createdAt) + "|" + mark.at';
    const marks = [0.5, 0.8, 1, 'after 2W', 'before 1D'].map((mark) => ({
      at: mark,
      do: { notify: { to: '=["clerk"]', text } },
    }));
    await boot([{ ...task, marks }]);
    const random = seededRandom(seed);
    for (let step = 0; step < 70; step += 1) await act(node, random, { settle });
    await advance(node.now + 40 * DAY);

    const rows = await deadlines();
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const performed = JSON.parse(String(row['performed'])) as string[];
      const byTime = (JSON.parse(String(row['marks'])) as { mark: string }[]).map(({ mark }) => mark);
      expect(performed).toEqual(byTime.slice(0, performed.length));
      if (row['state'] === 'OPEN') expect(performed).toEqual(byTime);
    }
    const all = await notices();
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(rows.flatMap((row) => JSON.parse(String(row['performed'])) as string[]).length);
    const late = await node.rows(
      `SELECT n.text FROM notices n JOIN deadlines d ON CAST(d.process_instance_key AS text) = n.process_instance_key
       WHERE d.closed_at < n.created_at AND NOT EXISTS (SELECT 1 FROM deadlines o WHERE o.process_instance_key = d.process_instance_key
         AND o.id <> d.id AND (o.closed_at IS NULL OR o.closed_at >= n.created_at))`,
    );
    expect(late).toEqual([]);
    expect(node.errors).toEqual([]);
  });

  const itOnManyNodes = kind === 'PostgreSQL' ? it : it.skip;
  itOnManyNodes('are performed once by two nodes at the same time', async () => {
    await boot([task]);
    for (let count = 0; count < 60; count += 1) await node.begin({ amount: count });
    await settle();
    const other = new FollowedNode({ ...node.test, database: await openDatabase({ url: node.test.url }) }, node.set);
    other.now = at(20);
    node.now = at(20);
    await other.boot();

    for (let pass = 0; pass < 10; pass += 1)
      await Promise.all([node.keeper.keep(), other.keeper.keep(), node.follower.follow(), other.follower.follow()]);

    const all = await notices();
    expect(all).toHaveLength(240);
    await other.shutDown();
    await other.test.database.close();
  });
});

/** One random thing that somebody does, or that happens. */
async function act(node: FollowedNode, random: Random, { settle }: { readonly settle: () => Promise<void> }) {
  const below = (limit: number): number => Math.floor(random() * limit);
  const tasks = await node.rows(`SELECT "key", process_instance_key FROM user_tasks WHERE state = 'CREATED'`);
  const chosen = tasks[below(Math.max(1, tasks.length))];
  const kind = below(10);
  if (kind < 2 || !chosen) await node.begin({ amount: below(100) });
  else if (kind < 4)
    await node.runtime.execute({
      command: {
        type: 'completeUserTask',
        userTaskKey: String(chosen['key']),
        variables: { again: below(2) === 0 },
      },
    });
  else if (kind === 4 && below(3) === 0)
    await node.runtime.execute({
      instanceKey: String(chosen['process_instance_key']),
      command: { type: 'cancelProcessInstance' },
    });
  else if (kind < 8) node.now += below(20) * HOUR;
  else if (kind === 8) await node.keeper.keep();
  else await settle();
}

/** Fails the nth passing of an edge, as a process that dies there would. */
function cutAt(edge: string, pass: number): void {
  let passed = 0;
  observeEdges((one) => {
    if (one !== edge) return;
    passed += 1;
    if (passed === pass) throw new Error(`cut off at ${edge}`);
  });
}
