import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../support/seeded-random.js';
import { makeChaos } from './chaos.js';
import type { ChaosDone, ChaosPlan } from './chaos.js';
import { startCluster } from './cluster.js';
import type { Cluster } from './cluster.js';
import { Load } from './load.js';
import { createNode, writeConfiguration } from './node-process.js';
import type { NodeProcess } from './node-process.js';
import { JOBS_PER_INSTANCE, raceProcess } from './race-process.js';
import { Requests } from './requests.js';
import { insist } from './takeover.js';
import { verify } from './verify.js';

export interface RacesOptions extends ChaosPlan {
  readonly programs: string;
  readonly nodes: number;
  readonly jobs: number;
  readonly seed: number;
  readonly openAtMost: number;
  readonly settleMs: number;
  say(text: string): void;
}

export interface RacesResult {
  readonly nodes: number;
  readonly seed: number;
  readonly seconds: number;
  readonly instances: number;
  readonly jobs: number;
  readonly pauses: number;
  readonly kills: number;
  readonly restarts: number;
  readonly refused: number;
  readonly cut: number;
  readonly refusedWithoutRetryAfter: number;
  readonly epochs: number;
  /** While the database and another node were there. */
  readonly takeovers: Durations;
  /** While the cluster was restarted as well, or every other node was stopped. */
  readonly disturbedTakeovers: Durations;
  readonly broken: readonly string[];
}

interface Durations {
  readonly count: number;
  readonly medianMs: number;
  readonly maxMs: number;
}

const SAY_EVERY_MS = 15_000;

/** Starts a cluster and nodes, lets load and chaos run, and reads from the database whether every law held. */
export async function runRaces(options: RacesOptions): Promise<RacesResult> {
  const home = await mkdtemp(join(tmpdir(), 'changtong-races-'));
  const cluster = await startCluster(options.programs);
  const nodes: NodeProcess[] = [];
  try {
    await writeConfiguration(join(home, 'configuration'));
    for (let index = 0; index < options.nodes; index += 1) {
      const node = await createNode(join(home, `node-${index}`), environmentOf(home, cluster, options), options.say);
      nodes.push(node);
      await node.start();
    }
    return await race(options, cluster, nodes);
  } catch (cause) {
    throw new Error(nodes.map((node) => node.output().slice(-2_000)).join('\n---\n'), { cause });
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
    await cluster.dispose();
    await rm(home, { recursive: true, force: true });
  }
}

const environmentOf = (home: string, { url }: Cluster, { leaseMs }: RacesOptions) => ({
  DATABASE_URL: url,
  CONFIG_DIR: join(home, 'configuration'),
  MASTER_KEY_FILE: join(home, 'master.key'),
  LEASE_SECONDS: String(leaseMs / 1_000),
});

async function race(options: RacesOptions, cluster: Cluster, nodes: readonly NodeProcess[]): Promise<RacesResult> {
  const begin = Date.now();
  const requests = new Requests(nodes);
  await deploy(requests);
  const done: ChaosDone = { pauses: 0, kills: 0, restarts: 0, takeovers: [] };
  let isChaos = true;
  const load = new Load({
    requests,
    instances: Math.ceil(options.jobs / JOBS_PER_INSTANCE),
    goOn: () => isChaos,
    openAtMost: options.openAtMost,
  });
  const progress = setInterval(() => options.say(progressOf(begin, load, done)), SAY_EVERY_MS);
  try {
    setTimeout(() => load.startNoMore(), options.withinMs).unref();
    const loading = load.run();
    await makeChaos({ cluster, nodes, random: seededRandom(options.seed) }, options, done);
    isChaos = false;
    await loading;
    const stuck = await settled(cluster, load, options.settleMs);
    await load.stop();
    options.say(progressOf(begin, load, done));
    await Promise.all(nodes.map((node) => node.stop()));
    const broken = [...stuck, ...(await verify(cluster, load))];
    return await summary({ options, cluster, load, requests, done, seconds: (Date.now() - begin) / 1_000, broken });
  } finally {
    clearInterval(progress);
    load.isOver = true;
  }
}

async function deploy(requests: Requests): Promise<void> {
  const form = new FormData();
  form.append('resources', new Blob([raceProcess], { type: 'application/xml' }), 'race.bpmn');
  const answer = await requests.post('/v2/deployments', form);
  if (answer.kind !== 'done') throw new Error(`The process could not be deployed: ${JSON.stringify(answer)}`);
}

/** Waits until only the instances run that keep their task. */
async function settled(cluster: Cluster, load: Load, withinMs: number): Promise<readonly string[]> {
  const until = Date.now() + withinMs;
  for (;;) {
    const [row] = await insist(() =>
      cluster.query<{ n: string; inbox: string }>(
        `SELECT (SELECT COUNT(*) FROM process_instances WHERE state = 'ACTIVE' AND NOT ("key" = ANY($1::bigint[])
           AND EXISTS (SELECT 1 FROM user_tasks t WHERE t.process_instance_key = process_instances."key" AND t.state = 'CREATED'))) AS n,
         (SELECT COUNT(*) FROM inbox) AS inbox`,
        [[...load.keptInstances]],
      ),
    );
    if (Number(row!.n) + Number(row!.inbox) === 0) return [];
    if (Date.now() > until) return [`${row!.n} instances and ${row!.inbox} inbox rows did not end in time`];
    await sleep(500);
  }
}

const progressOf = (begin: number, load: Load, done: ChaosDone): string =>
  `${Math.round((Date.now() - begin) / 1_000)} s: ${load.started.size} instances, ${load.completedJobs.size} jobs of workers, ${load.completedTasks.size} tasks, ${done.pauses} pauses, ${done.kills} kills, ${done.restarts} restarts`;

async function summary(run: {
  readonly options: RacesOptions;
  readonly cluster: Cluster;
  readonly load: Load;
  readonly requests: Requests;
  readonly done: ChaosDone;
  readonly seconds: number;
  readonly broken: readonly string[];
}): Promise<RacesResult> {
  const { options, cluster, requests, done } = run;
  const count = async (sql: string) => Number((await cluster.query<{ n: string }>(sql))[0]!.n);
  return {
    nodes: options.nodes,
    seed: options.seed,
    seconds: Math.round(run.seconds),
    instances: await count('SELECT COUNT(*) AS n FROM process_instances'),
    jobs: await count(`SELECT COUNT(*) AS n FROM jobs WHERE state = 'COMPLETED'`),
    pauses: done.pauses,
    kills: done.kills,
    restarts: done.restarts,
    refused: requests.refused,
    cut: requests.cut,
    refusedWithoutRetryAfter: requests.withoutRetryAfter,
    epochs: await count('SELECT "last" AS n FROM node_epochs'),
    takeovers: durationsOf(done.takeovers.filter(({ isUndisturbed }) => isUndisturbed)),
    disturbedTakeovers: durationsOf(done.takeovers.filter(({ isUndisturbed }) => !isUndisturbed)),
    broken: run.broken,
  };
}

function durationsOf(takeovers: ChaosDone['takeovers']): Durations {
  const sorted = takeovers.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return { count: sorted.length, medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0, maxMs: sorted.at(-1) ?? 0 };
}
