import { compileConfiguration, type ConfigurationSet } from '#configuration';
import {
  createDeadlineStore,
  createLedgerStore,
  createQueries,
  createStore,
  openDatabase,
  type Queries,
} from '#persistence';
import { createRuntime, type Runtime } from '#runtime';
import { model } from '#testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { DeadlineKeeper } from '../../apps/server/src/deadlines/deadline-keeper.js';
import { LedgerFollower } from '../../apps/server/src/ledgers/ledger-follower.js';
import { deploy, startTasks, taken } from './bench-node.js';
import { atMost, plainSeconds, quantile, type Figure } from './measure.js';
import { noticesIn } from '../ledgers/notices-in.js';

const CASES = 10_000;
const HOUR = 3_600_000;
/** Between two looks at the task list, ms. */
const EVERY_MS = 25;
const IDLE_LOOKS = 400;
const LONGEST_S = 300;
const TIMES = 3;

const taskModel = model('task').start().userTask('review', { groups: 'clerk' }).end();
const urgeXml = taskModel.xml.replaceAll('"task"', '"urge"');

/** Every case sends its message, and each message starts a process with a task of its own. */
async function declarations(): Promise<ConfigurationSet> {
  const start = { start: { processId: 'urge', variables: { urged: '=mark.at' } } };
  const files = {
    'workflows/organization.json': { name: 'Bench', units: [{ id: 'office', name: 'Office' }] },
    'workflows/roles.json': { classes: [], roles: [{ id: 'clerk', name: 'Clerk' }] },
    'workflows/deadlines.json': [
      {
        id: 'review',
        title: 'Review',
        of: { process: 'task', task: 'review' },
        period: '1W',
        marks: [{ at: 1, do: start }],
      },
    ],
  };
  const texts = Object.entries(files).map(([path, file]) => [path, JSON.stringify(file)] as const);
  const source = { files: new Map(texts) };
  const { set, problems } = await compileConfiguration(source, { isDeployed: true });
  if (!set) throw new Error(problems.map(({ message }) => message).join('\n'));
  return set;
}

/** 10,000 open tasks come due in the same minute: how long until all is done, and how the task list answers meanwhile. */
export async function deadlineFigures(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'changtong-bench-'));
  const database = await openDatabase({ url: `sqlite:${join(folder, 'bench.sqlite')}` });
  await database.migrate();
  const store = createStore(database);
  const set = await declarations();
  const runtime = createRuntime({
    store,
    isFollowed: (id) => set.readModel.hashes.has(id),
    functions: () => set.feelFunctions,
  });
  await runtime.start();
  const ledgers = createLedgerStore(database, store);
  const deadlines = createDeadlineStore(database, store);
  const log = { error: (fields: object, message: string) => console.error(message, fields) };
  const current = () => set;
  const timeZone = 'Asia/Shanghai';
  const follower = new LedgerFollower({
    ledgers,
    current,
    setId: async () => 0,
    now: () => runtime.now(),
    timeZone,
    log,
  });
  const keeper = new DeadlineKeeper({ deadlines, ledgers, runtime, current, notices: noticesIn(runtime), log });
  try {
    await deploy(runtime, 'task', taskModel.xml);
    await deploy(runtime, 'urge', urgeXml);
    for (let count = 0; count < CASES; count += 1_000) await startTasks(runtime, 1_000);
    await follower.follow();
    const queries = createQueries(database);
    const idle = await looks(queries, runtime, (count) => count < IDLE_LOOKS);
    let isDone = false;
    const busy = looks(queries, runtime, () => !isDone);
    const seconds = await plainSeconds(() => handle(runtime, { follower, keeper }));
    isDone = true;
    const times = await busy;
    const handled = (await queries.counts()).openTasks - CASES;
    if (handled !== CASES) throw new Error(`Expected ${CASES} processes to be started but found ${handled}.`);
    const ratio = quantile(times, 0.95) / quantile(idle, 0.95);
    const beside = `idle ${quantile(idle, 0.95).toFixed(1)} ms, meanwhile ${quantile(times, 0.95).toFixed(1)} ms of ${times.length} looks`;
    return [
      atMost('10,000 marks due at once: until all is done', seconds, LONGEST_S, 's', { key: 'deadlines.seconds' }),
      atMost('task list meanwhile, p95 against idle', ratio, TIMES, 'x', { key: 'deadlines.list.ratio', beside }),
    ];
  } finally {
    await keeper.close();
    await follower.close();
    await runtime.stop();
    await store.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Workers {
  readonly follower: LedgerFollower;
  readonly keeper: DeadlineKeeper;
}

/** Everything is due from one moment to the next; works until nothing is left to do. */
async function handle(runtime: Runtime, { follower, keeper }: Workers): Promise<void> {
  taken(await runtime.pinClock(runtime.now() + 10 * 24 * HOUR));
  await keeper.keep();
  await runtime.idle();
  await follower.follow();
}

/** Milliseconds of each look at the list, one after the other. */
async function looks(
  queries: Queries,
  runtime: Runtime,
  goesOn: (count: number) => boolean,
): Promise<readonly number[]> {
  const times: number[] = [];
  while (goesOn(times.length)) {
    const request = { user: 'clerk1', groups: ['clerk'], now: runtime.now(), view: 'claimable', sort: 'due' } as const;
    times.push((await plainSeconds(() => queries.taskList(request))) * 1000);
    await after(EVERY_MS);
  }
  return times;
}
