/** Whoever holds this token may change the buckets that carry it in place; a step makes one for itself. */
export type Owner = object;

interface Bucket<V> {
  readonly owner: Owner | undefined;
  readonly entries: Map<string, V>;
}

const bucketSize = 32;
const noEntries: Bucket<never> = { owner: undefined, entries: new Map<string, never>() };

/**
 * An immutable map from keys to values that costs what is changed, not what it holds: a change copies one bucket, and
 * further changes by the same owner copy nothing. Iterates in the order of keys, whatever the history. As JSON: a record.
 */
export class Table<V> implements Iterable<readonly [string, V]> {
  private constructor(
    private buckets: Bucket<V>[],
    private count: number,
    private readonly owner: Owner | undefined,
  ) {}

  static readonly #empty = new Table<unknown>([noEntries], 0, undefined);

  static empty<V>(): Table<V> {
    return Table.#empty as Table<V>;
  }

  static of<V>(record: Readonly<Record<string, V>>): Table<V> {
    const owner = {};
    return Object.entries(record).reduce((table, [key, value]) => table.with(owner, key, value), Table.empty<V>());
  }

  get size(): number {
    return this.count;
  }

  get(key: string): V | undefined {
    return this.buckets[this.bucketOf(key)]!.entries.get(key);
  }

  has(key: string): boolean {
    return this.buckets[this.bucketOf(key)]!.entries.has(key);
  }

  /** The table with this entry; the same table, changed in place, where it belongs to the owner. */
  with(owner: Owner, key: string, value: V): Table<V> {
    const table = this.ownedBy(owner);
    const { entries } = table.writableBucket(owner, key);
    if (!entries.has(key)) table.count += 1;
    entries.set(key, value);
    if (table.count > table.buckets.length * bucketSize) table.grow(owner);
    return table;
  }

  /** The table without this entry. */
  without(owner: Owner, key: string): Table<V> {
    if (this.count === 0 || !this.has(key)) return this;
    const table = this.ownedBy(owner);
    table.writableBucket(owner, key).entries.delete(key);
    table.count -= 1;
    if (table.count === 0) table.shrink();
    return table;
  }

  keys(): readonly string[] {
    return this.sorted().map(([key]) => key);
  }

  values(): readonly V[] {
    return this.sorted().map(([, value]) => value);
  }

  [Symbol.iterator](): Iterator<readonly [string, V]> {
    return this.sorted()[Symbol.iterator]();
  }

  toJSON(): Readonly<Record<string, V>> {
    return Object.fromEntries(this.sorted());
  }

  private sorted(): readonly (readonly [string, V])[] {
    const all: (readonly [string, V])[] = [];
    let isSorted = true;
    for (const { entries } of this.buckets) {
      for (const entry of entries) {
        isSorted &&= all.length === 0 || compareKeys(all[all.length - 1]![0], entry[0]) < 0;
        all.push(entry);
      }
    }
    return isSorted ? all : all.toSorted(([a], [b]) => compareKeys(a, b));
  }

  private ownedBy(owner: Owner): Table<V> {
    return this.owner === owner ? this : new Table(this.buckets.slice(), this.count, owner);
  }

  private writableBucket(owner: Owner, key: string): Bucket<V> {
    const place = this.bucketOf(key);
    const bucket = this.buckets[place]!;
    if (bucket.owner === owner) return bucket;
    const own = { owner, entries: bucket.entries.size === 0 ? new Map<string, V>() : new Map(bucket.entries) };
    this.buckets[place] = own;
    return own;
  }

  /** Twice as many buckets as entries fill: the work is spread over the entries that made it necessary. */
  private grow(owner: Owner): void {
    const old = this.buckets;
    this.buckets = Array.from({ length: old.length * 4 }, () => ({ owner, entries: new Map<string, V>() }));
    for (const { entries } of old) {
      for (const [key, value] of entries) this.buckets[this.bucketOf(key)]!.entries.set(key, value);
    }
  }

  /** An empty table takes the room of a small one again. */
  private shrink(): void {
    if (this.buckets.length > 1) this.buckets = [noEntries as Bucket<V>];
  }

  /** Keys are counted up, so their last digits spread evenly. */
  private bucketOf(key: string): number {
    if (this.buckets.length === 1) return 0;
    let hash = 0;
    for (let i = Math.max(0, key.length - 6); i < key.length; i += 1) hash = hash * 10 + key.charCodeAt(i) - 48;
    return hash & (this.buckets.length - 1);
  }
}

/** Decimal keys by their value; other texts by length first, which is an order too. */
export function compareKeys(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a === b ? 0 : 1);
}
