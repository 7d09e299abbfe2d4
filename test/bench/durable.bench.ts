import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { completeTasks, openNode, openTaskKeys, startTasks, type BenchNode } from './bench-node.js';
import { alternating, atLeast, median, ratios, seconds, shown, spread, type Figure } from './measure.js';

const AT_ONCE = 100;
const BURSTS = 5;
const ROUNDS = 7;

interface Written {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Start and complete of a user task, on disk with `synchronous=FULL`. */
export async function durableFigures(): Promise<readonly Figure[]> {
  const node = await openNode();
  try {
    return [...(await manyAtOnce(node)), await oneAtATime(node)];
  } finally {
    await node.close();
  }
}

/** Each round runs through the runtime, then the statements that it wrote run again by the bare driver on a twin file. */
async function manyAtOnce(node: BenchNode): Promise<readonly Figure[]> {
  const written = recordWrites(node);
  const twinFile = join(node.folder, 'twin.sqlite');
  await node.database.reader.query('VACUUM INTO ?', [twinFile]);
  const twin = new SqliteDatabase(twinFile);
  twin.pragma('journal_mode = WAL');
  twin.pragma('synchronous = FULL');
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = -1; round < ROUNDS; round++) {
    written.length = 0;
    const time = await burstSeconds(node);
    const bareTime = await seconds(() => replay(twin, written));
    if (round >= 0) ours.push(time);
    if (round >= 0) bare.push(bareTime);
  }
  twin.close();
  stopRecording(node);
  return burstFigures(ours, bare);
}

function burstFigures(ours: readonly number[], bare: readonly number[]): readonly Figure[] {
  const [perSecond, barePerSecond] = [ours, bare].map((times) => times.map((time) => (AT_ONCE * BURSTS) / time));
  const name = 'durable start + complete, 100 at once, against the bare driver';
  const beside = `bare driver ${spread(barePerSecond ?? [], 'a second')}`;
  const ratio = median(bare) / median(ours);
  return [
    atLeast(name, ratio, 0.5, 'times', { key: 'durable.atOnce.ratio', beside: spread(ratios(bare, ours), 'times') }),
    {
      ...shown('the same, absolute', median(perSecond ?? []), '', { key: 'durable.atOnce.perSecond', beside }),
      measured: spread(perSecond ?? [], 'starts + completes/s'),
    },
  ];
}

/** Only what a client waits for is counted: the search for the keys is not. */
async function burstSeconds(node: BenchNode): Promise<number> {
  let total = 0;
  for (let burst = 0; burst < BURSTS; burst++) {
    total += await seconds(() => startTasks(node.runtime, AT_ONCE));
    const keys = await openTaskKeys(node, AT_ONCE);
    total += await seconds(() => completeTasks(node.runtime, keys));
  }
  return total;
}

function recordWrites({ database }: BenchNode): Written[] {
  const written: Written[] = [];
  const nothing = (): void => undefined;
  const logQuery = (sql: string, params: readonly unknown[] = []): void => {
    if (!/^\s*(SELECT|WITH)/i.test(sql)) written.push({ sql, params: [...params] });
  };
  const logger = {
    logQuery,
    logQueryError: nothing,
    logQuerySlow: nothing,
    logSchemaBuild: nothing,
    logMigration: nothing,
    log: nothing,
  };
  database.writer.setOptions({ logger, logging: ['query'] });
  return written;
}

function stopRecording({ database }: BenchNode): void {
  database.writer.setOptions({ logger: 'simple-console', logging: false });
}

const statements = new Map<string, SqliteDatabase.Statement>();

function replay(twin: SqliteDatabase.Database, written: readonly Written[]): void {
  for (const { sql, params } of written) {
    const statement = statements.get(sql) ?? twin.prepare(sql);
    statements.set(sql, statement);
    if (statement.reader) statement.all(...params);
    else statement.run(...params);
  }
}

async function oneAtATime(node: BenchNode): Promise<Figure> {
  const count = 50;
  const page = Buffer.alloc(4096, 1);
  const file = openSync(join(node.folder, 'fdatasync.probe'), 'w');
  const [ours = [], disk = []] = await alternating(ROUNDS, [
    async () => {
      for (let index = 0; index < count; index++) await startTasks(node.runtime, 1);
    },
    () => {
      for (let index = 0; index < count; index++) {
        writeSync(file, page);
        fdatasyncSync(file);
      }
    },
  ]);
  closeSync(file);
  const halves = ratios(disk, ours).map((ratio) => ratio * 2);
  const perSecond = (times: readonly number[]) => times.map((time) => count / time);
  const beside = `${spread(halves, 'times')}; ${spread(perSecond(ours), 'starts/s')} beside ${spread(perSecond(disk), 'fdatasync/s')}`;
  const ratio = (median(disk) / median(ours)) * 2;
  return atLeast('durable, one at a time, against half the fdatasync rate', ratio, 0.8, 'times', {
    key: 'durable.oneAtATime.ratio',
    beside,
  });
}
