import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { completeTasks, openNode, openTaskKeys, startTasks, type BenchNode } from './bench-node.js';
import { alternating, atLeast, median, plainSeconds, ratios, rounded, shown, spread, type Figure } from './measure.js';

const AT_ONCE = 100;
const BURSTS = 5;
const ROUNDS = 11;
/** Rounds before those that count: a server runs compiled code, and compiling is processor time too. */
const WARM_UP = 10;

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

/**
 * Bursts run through the runtime; after each, another one whose statements are kept, and not timed, since keeping them
 * makes collecting garbage dearer: these run again by the bare driver on a twin file.
 */
async function manyAtOnce(node: BenchNode): Promise<readonly Figure[]> {
  const twinFile = join(node.folder, 'twin.sqlite');
  await node.database.reader.query('VACUUM INTO ?', [twinFile]);
  const twin = new SqliteDatabase(twinFile);
  twin.pragma('journal_mode = WAL');
  twin.pragma('synchronous = FULL');
  const [ours, bare]: [Time[], Time[]] = [[], []];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const [own, other]: [Time, Time] = [
      { wall: 0, cpu: 0 },
      { wall: 0, cpu: 0 },
    ];
    for (let burst = 0; burst < BURSTS; burst++) {
      await runBurst(node, (work) => timed(own, work));
      const written = await recorded(node, () => runBurst(node, (work) => work()));
      await timed(other, () => replay(twin, written));
    }
    if (round < 0) continue;
    ours.push(own);
    bare.push(other);
  }
  twin.close();
  return burstFigures(ours, bare);
}

/** Only what a client waits for is counted: the search for the keys is not. */
async function runBurst(node: BenchNode, take: (work: () => Promise<void>) => Promise<void>): Promise<void> {
  await take(() => startTasks(node.runtime, AT_ONCE));
  const keys = await openTaskKeys(node, AT_ONCE);
  await take(() => completeTasks(node.runtime, keys));
}

/** Seconds on the clock, and of processor time. */
interface Time {
  wall: number;
  cpu: number;
}

async function timed(sum: Time, work: () => unknown): Promise<void> {
  const before = process.cpuUsage();
  sum.wall += await plainSeconds(work);
  const { user, system } = process.cpuUsage(before);
  sum.cpu += (user + system) / 1e6;
}

function burstFigures(ours: readonly Time[], bare: readonly Time[]): readonly Figure[] {
  const of = (times: readonly Time[], kind: keyof Time) => times.map((time) => time[kind]);
  const perSecond = (times: readonly Time[]) => of(times, 'wall').map((time) => (AT_ONCE * BURSTS) / time);
  const cost = (times: readonly Time[]) => median(of(times, 'cpu')) / ((AT_ONCE * BURSTS) / 1e6);
  const name = 'durable start + complete, 100 at once, against the bare driver';
  const byRound = (kind: keyof Time) => ratios(of(bare, kind), of(ours, kind));
  const cpuRatios = byRound('cpu');
  return [
    atLeast(name, median(byRound('wall')), 0.5, 'times', {
      key: 'durable.atOnce.ratio',
      beside: spread(byRound('wall'), 'times by round'),
    }),
    shown('the same, processor time', median(cpuRatios), 'times', {
      key: 'durable.atOnce.cpuRatio',
      beside: `${spread(cpuRatios, 'times')}; ${rounded(cost(ours))} µs beside ${rounded(cost(bare))} µs a pair`,
    }),
    {
      ...shown('the same, absolute', median(perSecond(ours)), '', {
        key: 'durable.atOnce.perSecond',
        beside: `bare driver ${spread(perSecond(bare), 'a second')}`,
      }),
      measured: spread(perSecond(ours), 'starts + completes/s'),
    },
  ];
}

/** The writing statements of some work, with their parameters. */
async function recorded({ database }: BenchNode, work: () => Promise<void>): Promise<readonly Written[]> {
  const written: Written[] = [];
  const nothing = (): void => undefined;
  const logQuery = (sql: string, params: readonly unknown[] = []): void => {
    if (!/^\s*(SELECT|WITH)/i.test(sql)) written.push({ sql, params });
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
  await work();
  database.writer.setOptions({ logger: 'simple-console', logging: false });
  return written;
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
  const [ours = [], disk = []] = await alternating(
    ROUNDS,
    [
      async () => {
        for (let index = 0; index < count; index++) await startTasks(node.runtime, 1);
      },
      () => {
        for (let index = 0; index < count; index++) {
          writeSync(file, page);
          fdatasyncSync(file);
        }
      },
    ],
    plainSeconds,
  );
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
