import { seededRandom } from '../support/seeded-random.js';

/** What a command and a commit cost; seconds of processor time, of a node and of the database. */
export interface Costs {
  readonly node: Cost;
  readonly database: Cost;
  /** From the end of the database's work until the log is on disk and the node knows. */
  readonly flushSeconds: number;
}

export interface Cost {
  readonly perCommand: number;
  readonly perCommit: number;
}

export interface Machines {
  readonly nodes: number;
  readonly databaseCores: number;
  /** Clients that send the next command when they have their answer, to any node. */
  readonly clients: number;
}

/** A commit holds at most so many commands. */
const BATCH_AT_MOST = 200;
const SIMULATED_SECONDS = 20;
const WARM_UP_SECONDS = 4;

interface Node {
  arrived: number;
  /** Commands that wait for a commit. */
  decided: number;
  isBusy: boolean;
  isCommitting: boolean;
}

/**
 * Commands a second of equal nodes on one database, event by event. A node has one core and one writing transaction at a
 * time, which takes what was decided meanwhile; the database's cores serve transactions in the order of their coming.
 * Locks, vacuum and the network's width are left out: what is found is a bound from above.
 */
export function simulatedRate(costs: Costs, { nodes: count, databaseCores, clients }: Machines): number {
  const random = seededRandom(1);
  const nodes = Array.from({ length: count }, (): Node => {
    return { arrived: 0, decided: 0, isBusy: false, isCommitting: false };
  });
  const cores = Array.from({ length: databaseCores }, () => 0);
  const agenda = new Agenda();
  let answered = 0;

  const send = (): void => {
    const node = nodes[Math.floor(random() * count)]!;
    node.arrived += 1;
    work(node);
  };
  /** One thing at a time; a commit that can begin goes before the next command. */
  const work = (node: Node): void => {
    if (node.isBusy) return;
    if (node.decided > 0 && !node.isCommitting) spend(node, costs.node.perCommit, () => commit(node));
    else if (node.arrived > 0)
      spend(node, costs.node.perCommand, () => {
        node.arrived -= 1;
        node.decided += 1;
      });
  };
  const spend = (node: Node, seconds: number, then: () => void): void => {
    node.isBusy = true;
    agenda.at(agenda.now + seconds, () => {
      node.isBusy = false;
      then();
      work(node);
    });
  };
  const commit = (node: Node): void => {
    const batch = Math.min(node.decided, BATCH_AT_MOST);
    node.decided -= batch;
    node.isCommitting = true;
    const core = cores.indexOf(Math.min(...cores));
    const begin = Math.max(cores[core]!, agenda.now);
    const end = begin + costs.database.perCommit + batch * costs.database.perCommand;
    cores[core] = end;
    agenda.at(end + costs.flushSeconds, () => {
      node.isCommitting = false;
      if (agenda.now > WARM_UP_SECONDS) answered += batch;
      for (let index = 0; index < batch; index += 1) send();
      work(node);
    });
  };

  for (let index = 0; index < clients; index += 1) send();
  agenda.runUntil(SIMULATED_SECONDS);
  return answered / (SIMULATED_SECONDS - WARM_UP_SECONDS);
}

/** Costs of a command and of a commit from two loads that batch differently; never below zero. */
export function costFrom(few: Load, many: Load): Cost {
  const perCommit = (few.seconds / few.commands - many.seconds / many.commands) / (share(few) - share(many));
  const bounded = Math.max(0, Math.min(perCommit, few.seconds / few.commits));
  return { perCommit: bounded, perCommand: many.seconds / many.commands - bounded * share(many) };
}

export interface Load {
  readonly commands: number;
  readonly commits: number;
  /** Of processor time. */
  readonly seconds: number;
}

const share = ({ commits, commands }: Load): number => commits / commands;

/** What is to happen, in the order of time; equal times in the order of their coming. */
class Agenda {
  now = 0;
  private readonly heap: { readonly time: number; readonly order: number; readonly run: () => void }[] = [];
  private order = 0;

  at(time: number, run: () => void): void {
    const entry = { time, order: (this.order += 1), run };
    let index = this.heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.isBefore(index, parent)) break;
      index = this.swap(index, parent);
    }
  }

  runUntil(end: number): void {
    for (let next = this.take(); next && next.time <= end; next = this.take()) {
      this.now = next.time;
      next.run();
    }
  }

  private take() {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.heap[0] = last;
    for (let index = 0; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const least = right < this.heap.length && this.isBefore(right, left) ? right : left;
      if (left >= this.heap.length || !this.isBefore(least, index)) return first;
      index = this.swap(index, least);
    }
  }

  private isBefore(one: number, other: number): boolean {
    const [a, b] = [this.heap[one]!, this.heap[other]!];
    return a.time < b.time || (a.time === b.time && a.order < b.order);
  }

  /** Returns the second place. */
  private swap(one: number, other: number): number {
    const kept = this.heap[one]!;
    this.heap[one] = this.heap[other]!;
    this.heap[other] = kept;
    return other;
  }
}
