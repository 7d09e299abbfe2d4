import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataSource } from 'typeorm';
import { edges, openDatabase, type Database, type Edge } from '#persistence';
import { brokenInvariants } from '../support/invariants.js';
import { webhookBpmn } from '../e2e/engine-models.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { seededRandom, type Random } from '../support/seeded-random.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { becomeOlder, cutOffFaults, passesInMigration } from './older-database.js';
import { Storm } from './storm.js';
import { deliveryFaults, unkeptPromises } from './storm-facts.js';

export interface KillRunOptions {
  readonly kills: number;
  readonly seed: number;
  /** Number of the first kill, for a run that goes on from another. */
  readonly from?: number;
  readonly database?: 'sqlite' | 'postgres';
  readonly say?: (text: string) => void;
}

export interface KillReport {
  readonly kills: number;
  /** Kills by place: an edge, `anyTime` or an edge `while starting`. */
  readonly places: Readonly<Record<string, number>>;
  /** Acknowledged commands by kind. */
  readonly acknowledged: Readonly<Record<string, number>>;
  /** Commands that a kill cut off and that were sent again. */
  readonly interrupted: number;
  readonly faults: readonly string[];
}

/** Kills with one data folder. */
const KILLS_OF_A_FOLDER = 50;
const LONGEST_LOAD_MS = 5_000;
/** Deployments are rare. */
const LONGEST_TO_DEPLOY_MS = 30_000;
const QUIET_WITHIN_MS = 30_000;
const ADMIN_URL = process.env['CHANGTONG_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** How often an edge is passed before the kill, at most: rare ones early. */
const MOST_PASSES: Readonly<Record<Edge, number>> = {
  beforeBegin: 80,
  afterBegin: 80,
  betweenStatements: 800,
  beforeCommit: 80,
  afterCommit: 80,
  beforeReply: 80,
  beforeJobAcknowledgment: 20,
  afterJobAcknowledgment: 20,
  beforeDelivery: 2,
  beforeDeliveryAcknowledgment: 2,
  afterDeliveryAcknowledgment: 2,
  inMigration: passesInMigration,
  inDeployment: 2,
};
const UNDER_LOAD = edges.filter((edge) => edge !== 'inMigration');
const WHILE_STARTING: readonly Edge[] = ['beforeBegin', 'betweenStatements', 'beforeCommit', 'afterCommit'];
/** Kills of a folder after which a rare place comes, once in each folder however the others fall. */
const DEPLOYMENT_AFTER = 1;
const MIGRATION_AFTER = 2;

/** Kills the server again and again under load of all kinds, and checks what is left each time, before and after a restart. */
export async function killRun(options: KillRunOptions): Promise<KillReport> {
  const sum = {
    kills: 0,
    places: {} as Record<string, number>,
    acknowledged: {} as Record<string, number>,
    interrupted: 0,
    faults: [] as string[],
  };
  for (
    let first = options.from ?? 0;
    sum.kills < options.kills && sum.faults.length === 0;
    first += KILLS_OF_A_FOLDER
  ) {
    const folder = await KillFolder.open(options, first);
    try {
      await folder.run(Math.min(KILLS_OF_A_FOLDER, options.kills - sum.kills));
    } finally {
      await folder.close(sum);
    }
  }
  return sum;
}

class KillFolder {
  private kills = 0;
  private readonly places: Record<string, number> = {};
  private readonly faults: string[] = [];
  private readonly known = new Map<string, number>();

  private constructor(
    private readonly server: ServerProcess,
    private readonly storm: Storm,
    private readonly random: Random,
    private readonly url: string,
    private readonly plan: string,
    private readonly say: (text: string) => void,
    private readonly receiver: Receiver,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(
    { seed, database = 'sqlite', say = () => undefined }: KillRunOptions,
    first: number,
  ): Promise<KillFolder> {
    const random = seededRandom(seed * 1_000_003 + first);
    const stored = database === 'postgres' ? await postgresDatabase() : undefined;
    const preload = pathToFileURL(join(process.cwd(), 'test/crash/kill-at-edge.mjs')).href;
    const receiver = await startReceiver();
    const environment = {
      LOG_LEVEL: 'error',
      WEBHOOK_ORIGINS: receiver.origin,
      NODE_OPTIONS: `--import ${preload}`,
      ...(stored && { DATABASE_URL: stored.url }),
    };
    // What sends out is worked for processes of the configuration alone.
    const hook = { 'workflows/st_hook/st_hook.bpmn': webhookBpmn('st_hook', `${receiver.origin}/hook`) };
    const server = await startServer(environment, hook);
    const plan = join(server.dataDir, 'crash-plan.json');
    const url = stored?.url ?? `sqlite:${join(server.dataDir, 'changtong.sqlite')}`;
    const drop = async () => {
      await receiver.close();
      await stored?.drop();
    };
    const storm = new Storm(server.url, random);
    return new KillFolder(server, storm, random, url, plan, say, receiver, drop);
  }

  async run(kills: number): Promise<void> {
    await this.storm.deploy();
    await this.storm.report();
    await this.storm.sendUnansweredAgain();
    while (this.kills < kills && this.faults.length + this.storm.faults.length === 0) {
      await this.killUnderLoad(this.isDue('inDeployment', DEPLOYMENT_AFTER) ? 'inDeployment' : this.drawnEdge());
      if (this.kills < kills && this.random() < 0.1) await this.killWhileStarting();
      if (this.isDue('inMigration', MIGRATION_AFTER) || this.random() < 0.04) await this.killInMigration(kills);
      await this.server.restart();
      await this.storm.sendUnansweredAgain();
      await this.untilQuiet();
    }
    await this.server.kill();
    await this.check('after the last restart');
  }

  async close(sum: {
    kills: number;
    places: Record<string, number>;
    acknowledged: Record<string, number>;
    interrupted: number;
    faults: string[];
  }): Promise<void> {
    sum.kills += this.kills;
    sum.interrupted += this.storm.interrupted;
    sum.faults.push(...this.faults, ...this.storm.faults);
    for (const [place, count] of Object.entries(this.places)) sum.places[place] = (sum.places[place] ?? 0) + count;
    for (const [kind, targets] of this.storm.acknowledged)
      sum.acknowledged[kind] = [...targets.values()].reduce(
        (total, count) => total + count,
        sum.acknowledged[kind] ?? 0,
      );
    if (sum.faults.length > 0) this.say(this.server.output().slice(-3_000));
    await this.server.dispose();
    await this.drop();
  }

  private isDue(place: Edge, after: number): boolean {
    return this.kills >= after && !this.places[place];
  }

  private drawnEdge(): Edge | undefined {
    return this.random() < 0.35 ? undefined : UNDER_LOAD[Math.floor(this.random() * UNDER_LOAD.length)];
  }

  private async killUnderLoad(edge: Edge | undefined): Promise<void> {
    const wait = 150 + this.random() * 900;
    const busy = this.storm.run();
    if (edge) this.arm(edge);
    const end = await Promise.race([
      this.server.ended(),
      pause(edge === 'inDeployment' ? LONGEST_TO_DEPLOY_MS : edge ? LONGEST_LOAD_MS : wait).then(
        () => 'time is up' as const,
      ),
    ]);
    if (end !== 'time is up' && end !== 'SIGKILL') this.faults.push('the server ended without being killed');
    await this.server.kill();
    this.storm.stop();
    await busy;
    await this.count(edge && end === 'SIGKILL' ? edge : 'anyTime');
  }

  private async killWhileStarting(): Promise<void> {
    const edge = WHILE_STARTING[Math.floor(this.random() * WHILE_STARTING.length)]!;
    const pass = 1 + Math.floor(this.random() * 6);
    const isUp = await this.server.tryRestart({ CRASH_EDGE: edge, CRASH_PASS: String(pass) });
    if (isUp) await this.server.kill();
    await this.count(isUp ? 'justStarted' : `${edge} while starting`);
  }

  /** The program is replaced by a newer one on the same database, and dies while it migrates. */
  private async killInMigration(kills: number): Promise<void> {
    if (this.kills >= kills) return;
    await this.withDatabase(becomeOlder);
    const pass = 1 + Math.floor(this.random() * passesInMigration);
    const isUp = await this.server.tryRestart({ CRASH_EDGE: 'inMigration', CRASH_PASS: String(pass) });
    if (isUp) this.faults.push('the server was not killed in its migrations');
    await this.withDatabase(async (database) => void this.faults.push(...(await cutOffFaults(database))));
    this.kills += 1;
    this.places['inMigration'] = (this.places['inMigration'] ?? 0) + 1;
    this.say(`kill ${this.kills}: inMigration`);
  }

  private arm(edge: Edge): void {
    writeFileSync(this.plan, JSON.stringify({ edge, pass: 1 + Math.floor(this.random() * MOST_PASSES[edge]) }));
    this.server.signal('SIGUSR2');
  }

  private async count(place: string): Promise<void> {
    this.kills += 1;
    this.places[place] = (this.places[place] ?? 0) + 1;
    await this.check(`after kill ${this.kills} (${place})`);
    this.say(`kill ${this.kills}: ${place}`);
  }

  /** The process is dead: the database is at rest. */
  private async check(when: string): Promise<void> {
    await this.withDatabase(async (database) => {
      await untilWritersAreGone(database);
      const faults = [
        ...(await brokenInvariants(database, this.known)),
        ...(await unkeptPromises(database, this.storm)),
        ...(await deliveryFaults(database, this.receiver.received)),
      ];
      this.faults.push(...faults.slice(0, 20).map((fault) => `${when}: ${fault}`));
    });
  }

  /** What a crash left is taken up: no crossing waits, no timer is overdue, nothing is left to deliver. */
  private async untilQuiet(): Promise<void> {
    const until = Date.now() + QUIET_WITHIN_MS;
    await this.withDatabase(async (database) => {
      for (;;) {
        const rows = (await database.reader.query(
          `SELECT (SELECT COUNT(*) FROM inbox) AS inbox, (SELECT COUNT(*) FROM timers WHERE due_at < ${Date.now() - 1_500}) AS timers,
           (SELECT COUNT(*) FROM outbox WHERE state <> 'DELIVERED') AS outbox`,
        )) as { inbox: unknown; timers: unknown; outbox: unknown }[];
        const [inbox, timers, outbox] = [Number(rows[0]?.inbox), Number(rows[0]?.timers), Number(rows[0]?.outbox)];
        if (inbox + timers + outbox === 0) return;
        if (Date.now() > until)
          return void this.faults.push(
            `after a restart ${inbox} inbox rows, ${timers} overdue timers and ${outbox} deliveries wait`,
          );
        await pause(100);
      }
    });
  }

  private async withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
    const database = await openDatabase({ url: this.url });
    try {
      await work(database);
    } finally {
      await database.close();
    }
  }
}

/** A COMMIT that was on its way when the process died still ends. */
async function untilWritersAreGone({ dialect, reader }: Database): Promise<void> {
  if (dialect !== 'postgres') return;
  for (let round = 0; round < 100; round++) {
    const rows = (await reader.query(
      `SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'changtong-writer' AND backend_xid IS NOT NULL`,
    )) as { n: unknown }[];
    if (Number(rows[0]?.n) === 0) return;
    await pause(50);
  }
}

async function postgresDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `changtong_crash_${randomBytes(6).toString('hex')}`;
  const administer = async (sql: string) => {
    const admin = await new DataSource({ type: 'postgres', url: ADMIN_URL }).initialize();
    await admin.query(sql);
    await admin.destroy();
  };
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(ADMIN_URL);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
