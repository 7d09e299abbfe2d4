import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { openDatabase, type Database } from '#persistence';
import { ledgerFaults } from '../support/ledger-invariants.js';
import { seededRandom, type Random } from '../support/seeded-random.js';
import { type ServerProcess, startServer } from '../support/server-process.js';

const ADMIN_URL = process.env['CHANGTONG_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const KILLS = 6;
const QUIET_WITHIN_MS = 60_000;
const headers = { 'content-type': 'application/json', authorization: `Basic ${btoa('admin:demo')}` };

/** Starts and changes cases of the pack as fast as the server takes them, until it is told to end. */
class Load {
  acknowledged = 0;
  private isOver = false;

  constructor(
    private readonly urls: readonly string[],
    private readonly random: Random,
  ) {}

  run(): Promise<unknown> {
    return Promise.all(this.urls.flatMap((url) => [this.worker(url), this.worker(url)]));
  }

  end(): void {
    this.isOver = true;
  }

  private async worker(url: string): Promise<void> {
    while (!this.isOver) {
      const due = new Date(Date.UTC(2026, Math.floor(this.random() * 12), 20)).toISOString();
      const variables = { channel: 'letter', headcount: 1, previous: 'first', replyDue: due };
      const key = await this.send(`${url}/v2/process-instances`, { processDefinitionId: 'xf_main', variables });
      if (key === undefined) await sleep(20);
      else if (this.random() < 0.5)
        await this.send(`${url}/v2/element-instances/${key}/variables`, { variables: { repliedAt: due } }, 'PUT');
    }
  }

  private async send(url: string, body: object, method: 'POST' | 'PUT' = 'POST'): Promise<string | undefined> {
    try {
      const request = { method, headers, body: JSON.stringify(body) };
      const answer = await fetch(url, request);
      if (!answer.ok) return undefined;
      this.acknowledged += 1;
      const text = await answer.text();
      return text === '' ? '' : (JSON.parse(text) as { processInstanceKey?: string }).processInstanceKey;
    } catch {
      return undefined;
    }
  }
}

describe('ledgers of servers that are killed', () => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const opened = async (url: string): Promise<Database> => {
    const database = await openDatabase({ url });
    ends.push(() => database.close());
    return database;
  };

  /** However slow the machine: as long as there are fewer marks, they are being followed. */
  const untilFollowed = async (database: Database): Promise<void> => {
    let [fewest, until] = [Infinity, 0];
    for (;;) {
      const [row] = (await database.reader.query('SELECT COUNT(*) AS n FROM ledger_marks')) as { n: unknown }[];
      const left = Number(row?.n);
      if (left === 0) return;
      if (left < fewest) [fewest, until] = [left, Date.now() + QUIET_WITHIN_MS];
      if (Date.now() > until)
        throw new Error(`Expected no mark to be left but found ${left} for ${QUIET_WITHIN_MS} ms.`);
      await sleep(200);
    }
  };

  it('hold what the facts give on SQLite, at each kill and at the end', async () => {
    const random = seededRandom(7);
    const server = await startServer({ LOG_LEVEL: 'error' });
    ends.push(() => server.dispose());
    const url = `sqlite:${join(server.dataDir, 'changtong.sqlite')}`;
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const load = new Load([server.url], random);
      const busy = load.run();
      await sleep(300 + random() * 1_500);
      await server.kill();
      load.end();
      await busy;
      acknowledged += load.acknowledged;
      const database = await openDatabase({ url });
      expect(await ledgerFaults(database)).toEqual([]);
      await database.close();
      await server.restart();
    }

    const database = await opened(url);
    await untilFollowed(database);

    expect(await ledgerFaults(database)).toEqual([]);
    expect(acknowledged).toBeGreaterThan(KILLS);
  }, 900_000);

  it('hold what the facts give on PostgreSQL, where one of two nodes is killed', async () => {
    const random = seededRandom(11);
    const name = `changtong_ledgers_${randomBytes(6).toString('hex')}`;
    await administer(`CREATE DATABASE ${name}`);
    ends.push(() => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    const url = new URL(ADMIN_URL);
    url.pathname = `/${name}`;
    const nodes: ServerProcess[] = [];
    let environment: Record<string, string> = { LOG_LEVEL: 'error', DATABASE_URL: url.href };
    for (let node = 0; node < 2; node += 1) {
      const server = await startServer(environment);
      nodes.push(server);
      ends.push(() => server.dispose());
      environment = { ...environment, MASTER_KEY_FILE: join(nodes[0]?.dataDir ?? '', 'master.key') };
    }
    const database = await opened(url.href);
    const load = new Load(
      nodes.map((node) => node.url),
      random,
    );
    const busy = load.run();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const victim = nodes[kill % 2];
      await sleep(300 + random() * 1_500);
      await victim?.kill();
      await victim?.restart();
    }
    load.end();
    await busy;

    await untilFollowed(database);

    expect(await ledgerFaults(database)).toEqual([]);
    expect(load.acknowledged).toBeGreaterThan(KILLS);
  }, 900_000);
});

async function administer(sql: string): Promise<void> {
  const admin = await new DataSource({ type: 'postgres', url: ADMIN_URL }).initialize();
  try {
    await admin.query(sql);
  } finally {
    await admin.destroy();
  }
}
