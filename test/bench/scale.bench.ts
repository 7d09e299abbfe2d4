import { createQueries } from '#persistence';
import { completeTasks, openNode, openTaskKeys, startTasks, type BenchNode } from './bench-node.js';
import { planFigures, searchFigure } from './list.bench.js';
import { alternating, atMost, median, plainSeconds, quantile, spread, type Figure } from './measure.js';

export interface Sizes {
  /** Instances that wait. */
  readonly waiting: number;
  /** Events of instances that have ended. */
  readonly history: number;
}

/** How the cost of one completion, of one list and the heap grow with what waits and with what has ended. */
export async function scaleFigures({ waiting, history }: Sizes): Promise<readonly Figure[]> {
  const [few, many] = [await openNode(), await openNode()];
  try {
    await fill(few, 1_000);
    const heap = await fillWeighed(many, waiting);
    const waits = `${waiting.toLocaleString('en-US')} instances waiting`;
    const figures = [await completion(few, many, waits, 'growth.completion.ratio'), heap];
    figures.push(await taskList(many, waiting), await searchFigure(many, 'storage.search.waiting.p95Ms', waits));
    const events = await fillHistory(many, history);
    const ended = `${events.toLocaleString('en-US')} events of ended ones`;
    figures.push(await completion(few, many, `${waits} and ${ended}`, 'storage.history.completion.ratio'));
    figures.push(await searchFigure(many, 'storage.search.history.p95Ms', ended));
    return [...figures, ...(await planFigures(many))];
  } finally {
    await few.close();
    await many.close();
  }
}

async function fill(node: BenchNode, count: number): Promise<void> {
  for (let done = 0; done < count; done += 500) await startTasks(node.runtime, Math.min(500, count - done));
}

/** Heap of each instance of the second half: the caches that hold the hot ones are full by then, or are known to be bounded. */
async function fillWeighed(node: BenchNode, count: number): Promise<Figure> {
  await fill(node, count / 2);
  const before = heapUsed();
  await fill(node, count / 2);
  const kilobytes = Math.max(0, heapUsed() - before) / (count / 2) / 1024;
  const name = `heap of one more waiting instance, from ${(count / 2).toLocaleString('en-US')} on`;
  return atMost(name, kilobytes, 1, 'kB', { key: 'storage.heap.waitingKb' });
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Starts and completes instances until so many events are logged of them; gives how many there are. */
async function fillHistory(node: BenchNode, events: number): Promise<number> {
  const count = async (): Promise<number> => {
    const rows = (await node.database.reader.query(
      'SELECT COALESCE(SUM(position), 0) AS events FROM process_instances WHERE end_at IS NOT NULL',
    )) as { events: number }[];
    return Number(rows[0]?.events);
  };
  while ((await count()) < events) {
    await startTasks(node.runtime, 500);
    await completeTasks(node.runtime, await openTaskKeys(node, 500));
  }
  return count();
}

async function completion(few: BenchNode, many: BenchNode, others: string, key: string): Promise<Figure> {
  const [fewKeys, manyKeys] = [[...(await openTaskKeys(few, 400))], [...(await openTaskKeys(many, 400))]];
  const [fewTimes = [], manyTimes = []] = await alternating(15, [
    () => oneByOne(few, fewKeys.splice(0, 25)),
    () => oneByOne(many, manyKeys.splice(0, 25)),
  ]);
  const name = `completing a task with ${others} against 1,000 waiting`;
  const [fewEach, manyEach] = [fewTimes, manyTimes].map((times) => times.map((time) => (time / 25) * 1000));
  return atMost(name, median(manyTimes) / median(fewTimes), 1.2, 'times', {
    key,
    beside: `${spread(manyEach ?? [], 'ms')} beside ${spread(fewEach ?? [], 'ms')}`,
  });
}

async function oneByOne(node: BenchNode, keys: readonly string[]): Promise<void> {
  for (const key of keys) await completeTasks(node.runtime, [key]);
}

async function taskList({ database }: BenchNode, waiting: number): Promise<Figure> {
  const queries = createQueries(database);
  const request = { user: 'clerk1', groups: ['clerk'], now: Date.now() };
  const times: number[] = [];
  for (let round = 0; round < 20; round++) {
    const sort = round % 2 === 0 ? ('due' as const) : ('created' as const);
    times.push(await plainSeconds(() => queries.taskList({ ...request, view: 'claimable', sort })));
  }
  const milliseconds = times.map((time) => time * 1000);
  return atMost(
    `task list of ${waiting.toLocaleString('en-US')} open tasks, with its counts, p95`,
    quantile(milliseconds, 0.95),
    100,
    'ms',
    { key: 'growth.taskList.p95Ms', beside: spread(milliseconds, 'ms') },
  );
}
