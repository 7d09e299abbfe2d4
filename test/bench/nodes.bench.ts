import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, postgresPrograms, startCluster } from '../races/cluster.js';
import { createNode, type NodeProcess, writeConfiguration } from '../races/node-process.js';
import { Requests } from '../races/requests.js';
import { soakBpmn } from '../soak/cases.js';
import { median, plainSeconds, rounded, shown, spread, type Figure } from './measure.js';
import { costFrom, simulatedRate, type Costs, type Load } from './nodes-simulation.js';

const NODES = 3;
const ROUNDS = 5;
/** Clients that send the next command when they have their answer. */
const [FEW, MANY] = [4, 64];
const CASES = { [FEW]: 200, [MANY]: 800 };
const AUTHORIZATION = `Basic ${Buffer.from('admin:demo').toString('base64')}`;
/** Clock ticks of /proc a second, on all Linux systems that Node runs on. */
const TICKS = 100;
const SIMULATED = [1, 3, 20].flatMap((nodes) => [8, 32].map((databaseCores) => ({ nodes, databaseCores })));

interface Measured {
  readonly seconds: number;
  readonly node: Load;
  readonly database: Load;
}

interface World {
  readonly cluster: Cluster;
  readonly nodes: readonly NodeProcess[];
}

/** Starts and completions of a user task by 1, 2 and 3 nodes on a PostgreSQL cluster of its own, in turns; then 20 by simulation. */
export async function nodeFigures(): Promise<readonly Figure[]> {
  const programs = postgresPrograms();
  if (!programs) return [shown('nodes on PostgreSQL: its programs (initdb, pg_ctl) are not here', 0, 'measured')];
  const home = await mkdtemp(join(tmpdir(), 'changtong-nodes-'));
  const cluster = await startCluster(programs);
  const nodes: NodeProcess[] = [];
  try {
    await writeConfiguration(join(home, 'configuration'));
    for (let index = 0; index < NODES; index += 1) nodes.push(await startNode(home, cluster, index));
    return await measured({ cluster, nodes });
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
    await cluster.dispose();
    await rm(home, { recursive: true, force: true });
  }
}

async function startNode(home: string, { url }: Cluster, index: number): Promise<NodeProcess> {
  const environment = {
    DATABASE_URL: url,
    CONFIG_DIR: join(home, 'configuration'),
    MASTER_KEY_FILE: join(home, 'master.key'),
  };
  const node = await createNode(join(home, `node-${index}`), environment, (text) => console.error(text));
  await node.start();
  return node;
}

async function measured(world: World): Promise<readonly Figure[]> {
  const form = new FormData();
  form.append('resources', new Blob([soakBpmn]), 'soak.bpmn');
  await done(new Requests(world.nodes), '/v2/deployments', form);
  const sides = [
    { count: 1, clients: FEW },
    ...Array.from({ length: NODES }, (_, index) => ({ count: index + 1, clients: MANY })),
  ];
  const taken: Measured[][] = sides.map(() => []);
  for (const { count, clients } of sides) await burst(world, count, clients);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, { count, clients }] of sides.entries()) taken[index]!.push(await burst(world, count, clients));
  const costs = costsFrom(taken[0]!, taken[1]!);
  return [
    ...sides.map(({ count, clients }, index) => measuredFigure(count, clients, taken[index]!)),
    ...costFigures(costs),
    ...simulatedFigures(costs),
  ];
}

/** Starts, then completes what was started. Looking for the tasks' keys is not part of it. */
async function burst({ cluster, nodes }: World, count: number, clients: number): Promise<Measured> {
  const requests = new Requests(nodes.slice(0, count));
  const cases = CASES[clients]!;
  const starts = Array.from({ length: cases }, (_, order) => ({
    path: '/v2/process-instances',
    body: { processDefinitionId: 'soak', variables: { order } },
  }));
  const first = await timed(cluster, nodes, () => sendAll(requests, starts, clients));
  const open = await cluster.query<{ key: string }>(`SELECT "key" FROM user_tasks WHERE state = 'CREATED'`);
  const completions = open.map(({ key }) => ({ path: `/v2/user-tasks/${key}/completion`, body: {} }));
  const second = await timed(cluster, nodes, () => sendAll(requests, completions, clients));
  const sum = (of: (part: typeof first) => number) => of(first) + of(second);
  const load = (of: (part: typeof first) => number): Load => {
    return { commands: 2 * cases, commits: sum(({ commits }) => commits), seconds: sum(of) };
  };
  return {
    seconds: sum(({ seconds }) => seconds),
    node: load(({ nodeSeconds }) => nodeSeconds),
    database: load(({ databaseSeconds }) => databaseSeconds),
  };
}

interface Post {
  readonly path: string;
  readonly body: object;
}

async function sendAll(requests: Requests, posts: readonly Post[], clients: number): Promise<void> {
  const left = [...posts];
  const client = async (): Promise<void> => {
    for (let post = left.pop(); post; post = left.pop()) await done(requests, post.path, post.body);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

async function done(requests: Requests, path: string, body: object): Promise<void> {
  const answer = await requests.post(path, body);
  if (answer.kind !== 'done') throw new Error(`Expected ${path} to be done but found: ${JSON.stringify(answer)}`);
}

/** The clock, and what nodes and database used of the processor meanwhile. */
async function timed(cluster: Cluster, nodes: readonly NodeProcess[], work: () => Promise<void>) {
  const before = await used(cluster, nodes);
  const seconds = await plainSeconds(work);
  const after = await used(cluster, nodes);
  return {
    seconds,
    nodeSeconds: after.node - before.node,
    databaseSeconds: after.database - before.database,
    commits: after.commits - before.commits,
  };
}

async function used(cluster: Cluster, nodes: readonly NodeProcess[]) {
  const backends = await cluster.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
  );
  return {
    node: sumOf(nodes.map(({ name }) => processorSeconds(Number(name.split(':').at(-1))))),
    database: sumOf(backends.map(({ pid }) => processorSeconds(pid))),
    commits: sumOf(await Promise.all(nodes.map(commitsOf))),
  };
}

/** By the node's own metrics. */
async function commitsOf({ url }: NodeProcess): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: { authorization: AUTHORIZATION } })).text();
  return Number(/^changtong_commit_batch_size_count(?:\{[^}]*\})? (\d+)$/m.exec(text)?.[1] ?? NaN);
}

/** Processor time of a process, of all its threads; 0 where it has ended. */
function processorSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return 0;
  }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** From one node with few clients and with many, medians of the rounds. */
function costsFrom(few: readonly Measured[], many: readonly Measured[]): Costs {
  const total = (runs: readonly Measured[], part: 'node' | 'database'): Load => ({
    commands: sumOf(runs.map((run) => run[part].commands)),
    commits: sumOf(runs.map((run) => run[part].commits)),
    seconds: sumOf(runs.map((run) => run[part].seconds)),
  });
  const node = costFrom(total(few, 'node'), total(many, 'node'));
  const database = costFrom(total(few, 'database'), total(many, 'database'));
  const answer = median(few.map(({ seconds, node: { commands } }) => (seconds * FEW) / commands));
  const worked = node.perCommand + node.perCommit + database.perCommand + database.perCommit;
  return { node, database, flushSeconds: Math.max(0.000_5, answer - worked) };
}

function measuredFigure(count: number, clients: number, runs: readonly Measured[]): Figure {
  const rates = runs.map(({ seconds, node }) => node.commands / seconds);
  const of = (part: 'node' | 'database') => median(runs.map((run) => run[part].seconds / run[part].commands)) * 1e6;
  const batch = median(runs.map(({ node }) => node.commands / node.commits));
  return {
    ...shown(`${count} of ${NODES} nodes asked, ${clients} clients`, median(rates), '', {
      key: `nodes.${count}.clients${clients}.perSecond`,
      beside: `${rounded(of('node'))} µs of the nodes' processor time a command, ${rounded(of('database'))} µs of the database's, ${rounded(batch)} commands a commit`,
    }),
    measured: spread(rates, 'commands/s'),
  };
}

function costFigures({ node, database, flushSeconds }: Costs): readonly Figure[] {
  const micro = (seconds: number) => `${rounded(seconds * 1e6)} µs`;
  return [
    {
      ...shown('a command costs a node', node.perCommand * 1e6, 'µs', { key: 'nodes.cost.node' }),
      beside: `and a commit ${micro(node.perCommit)}`,
    },
    {
      ...shown('a command costs the database', database.perCommand * 1e6, 'µs', { key: 'nodes.cost.database' }),
      beside: `and a commit ${micro(database.perCommit)}; waiting for disk and wake-up ${micro(flushSeconds)}`,
    },
  ];
}

/** Enough clients that machines are the bound. */
function simulatedFigures(costs: Costs): readonly Figure[] {
  return SIMULATED.map(({ nodes, databaseCores }) => {
    const rate = simulatedRate(costs, { nodes, databaseCores, clients: 200 * nodes });
    return shown(`simulated: ${nodes} nodes of a core each, database of ${databaseCores} cores`, rate, 'commands/s', {
      key: `nodes.simulated.${nodes}.${databaseCores}`,
    });
  });
}
