import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import { measureTakeover } from './takeover.js';
import type { Takeover } from './takeover.js';

export interface ChaosPlan {
  readonly pauses: number;
  readonly kills: number;
  /** The cluster is restarted every `restartEveryMs`, so often. */
  readonly restarts: number;
  readonly restartEveryMs: number;
  readonly leaseMs: number;
  /** What is not done after so long is left out. */
  readonly withinMs: number;
}

export interface ChaosDone {
  pauses: number;
  kills: number;
  restarts: number;
  /** Of killed nodes that held claims. */
  readonly takeovers: Takeover[];
}

interface World {
  readonly cluster: Cluster;
  readonly nodes: readonly NodeProcess[];
  readonly random: () => number;
  readonly isOver: () => boolean;
}

/** Stops, kills and restarts what the load runs on, all at once, until the plan is done. */
export async function makeChaos(place: Omit<World, 'isOver'>, plan: ChaosPlan, done: ChaosDone): Promise<void> {
  const measuring: Promise<void>[] = [];
  const end = Date.now() + plan.withinMs;
  const world: World = { ...place, isOver: () => Date.now() > end };
  await Promise.all([
    pauseNodes(world, plan, done),
    killNodes(world, plan, done, measuring),
    restart(world, plan, done),
  ]);
  await Promise.all(measuring);
}

async function pauseNodes(
  { nodes, random, isOver }: World,
  { pauses, leaseMs }: ChaosPlan,
  done: ChaosDone,
): Promise<void> {
  while (done.pauses < pauses && !isOver()) {
    const node = await anyUp(nodes, random);
    node.pause();
    await sleep(leaseMs + 200 + random() * 800);
    node.resume();
    done.pauses += 1;
    await sleep(200 + random() * 400);
  }
}

async function killNodes(
  { nodes, random, cluster, isOver }: World,
  { kills }: ChaosPlan,
  done: ChaosDone,
  measuring: Promise<void>[],
): Promise<void> {
  while (done.kills < kills && !isOver()) {
    await sleep(300 + random() * 1_000);
    const node = await anyUp(nodes, random);
    const { name } = node;
    await node.kill();
    done.kills += 1;
    const isServed = () => nodes.some((other) => other.isUp);
    const measured = measureTakeover(cluster, name, isServed);
    measuring.push(measured.then((takeover) => void (takeover && done.takeovers.push(takeover))));
    await node.start();
  }
}

async function restart(
  { cluster, isOver }: World,
  { restarts, restartEveryMs }: ChaosPlan,
  done: ChaosDone,
): Promise<void> {
  while (done.restarts < restarts && !isOver()) {
    await sleep(restartEveryMs);
    await cluster.restart(done.restarts % 2 === 0 ? 'immediate' : 'fast');
    done.restarts += 1;
  }
}

async function anyUp(nodes: readonly NodeProcess[], random: () => number): Promise<NodeProcess> {
  for (;;) {
    const up = nodes.filter((node) => node.isUp);
    if (up.length > 0) return up[Math.floor(random() * up.length)]!;
    await sleep(50);
  }
}
