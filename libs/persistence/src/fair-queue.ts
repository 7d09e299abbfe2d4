interface Lane<T> {
  readonly name: string;
  items: T[];
  /** Milliseconds that the lane has had, in the queue's own time. */
  served: number;
  /** Milliseconds that one of its units takes, a moving average. */
  cost: number;
}

const FIRST_COST_MS = 0.25;
/** Weight of the newest measurement in the moving average. */
const NEWEST = 0.2;
const LANES_REMEMBERED = 1_000;

/**
 * Bounded queue that serves lanes (processes) by the time that their units take, not by their number: start-time fair
 * queueing. A lane that is expensive, or floods, waits for its own; within a lane the order of arrival holds.
 */
export class FairQueue<T extends { readonly lane: string }> {
  private readonly lanes = new Map<string, Lane<T>>();
  private readonly waiting = new Set<Lane<T>>();
  private count = 0;
  /** Served time of the lane that had its turn last: where a lane that comes anew begins. */
  private clock = 0;

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.count;
  }

  /** False where the queue is full; one lane may fill half of it. */
  push(item: T): boolean {
    const lane = this.lane(item.lane);
    if (this.count >= this.limit || (item.lane !== '' && lane.items.length >= Math.ceil(this.limit / 2))) return false;
    this.enter(lane);
    lane.items.push(item);
    this.count += 1;
    return true;
  }

  /** The next units: at most `count`, and as many as are expected to take `budgetMs`; at least one if one waits. */
  take(count: number, budgetMs: number): T[] {
    const taken: T[] = [];
    const used = new Map<Lane<T>, number>();
    let planned = 0;
    while (this.waiting.size > 0 && taken.length < count && planned < budgetMs) {
      const lane = this.next(used);
      const index = used.get(lane) ?? 0;
      this.clock = lane.served + index * lane.cost;
      taken.push(lane.items[index]!);
      used.set(lane, index + 1);
      planned += lane.cost;
      if (index + 1 === lane.items.length) this.waiting.delete(lane);
    }
    for (const [lane, length] of used) lane.items.splice(0, length);
    this.count -= taken.length;
    return taken;
  }

  /** Units that were taken and not worked on stand first in their lanes again. */
  putBack(items: readonly T[]): void {
    for (const item of items.toReversed()) {
      const lane = this.lane(item.lane);
      this.waiting.add(lane);
      lane.items.unshift(item);
      this.count += 1;
    }
  }

  /** Books the time that one unit of a lane took. */
  charge(name: string, ms: number): void {
    const lane = this.lane(name);
    lane.served += ms;
    lane.cost += (ms - lane.cost) * NEWEST;
  }

  private next(used: ReadonlyMap<Lane<T>, number>): Lane<T> {
    let best: Lane<T> | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const lane of this.waiting) {
      const start = lane.served + (used.get(lane) ?? 0) * lane.cost;
      if (start < least) [best, least] = [lane, start];
    }
    return best!;
  }

  private enter(lane: Lane<T>): void {
    if (this.waiting.has(lane)) return;
    lane.served = Math.max(lane.served, this.clock);
    this.waiting.add(lane);
  }

  private lane(name: string): Lane<T> {
    const known = this.lanes.get(name);
    if (known) return known;
    if (this.lanes.size >= LANES_REMEMBERED) this.forgetIdle();
    const lane: Lane<T> = { name, items: [], served: this.clock, cost: FIRST_COST_MS };
    this.lanes.set(name, lane);
    return lane;
  }

  private forgetIdle(): void {
    for (const lane of this.lanes.values())
      if (lane.items.length === 0 && lane.served <= this.clock) this.lanes.delete(lane.name);
  }
}
