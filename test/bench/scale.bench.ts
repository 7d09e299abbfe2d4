import { createQueries } from '#persistence';
import { completeTasks, openNode, openTaskKeys, startTasks, type BenchNode } from './bench-node.js';
import { alternating, atMost, median, quantile, seconds, spread, type Figure } from './measure.js';

/** How the cost of one completion and of one task list grows with what waits. */
export async function scaleFigures(waiting: number): Promise<readonly Figure[]> {
  const [few, many] = [await openNode(), await openNode()];
  try {
    await fill(few, 1_000);
    await fill(many, waiting);
    return [await completion(few, many, waiting), await taskList(many, waiting)];
  } finally {
    await few.close();
    await many.close();
  }
}

async function fill(node: BenchNode, count: number): Promise<void> {
  for (let done = 0; done < count; done += 500) await startTasks(node.runtime, Math.min(500, count - done));
}

async function completion(few: BenchNode, many: BenchNode, waiting: number): Promise<Figure> {
  const [fewKeys, manyKeys] = [[...(await openTaskKeys(few, 400))], [...(await openTaskKeys(many, 400))]];
  const [fewTimes = [], manyTimes = []] = await alternating(15, [
    () => oneByOne(few, fewKeys.splice(0, 25)),
    () => oneByOne(many, manyKeys.splice(0, 25)),
  ]);
  const name = `completing a task with ${waiting.toLocaleString('en-US')} instances waiting against 1,000`;
  const [fewEach, manyEach] = [fewTimes, manyTimes].map((times) => times.map((time) => (time / 25) * 1000));
  return atMost(name, median(manyTimes) / median(fewTimes), 1.2, 'times', {
    key: 'growth.completion.ratio',
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
    times.push(await seconds(() => queries.taskList({ ...request, view: 'claimable', sort })));
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
