/** Whoever holds this token may change the buckets that carry it in place; a step makes one for itself. */
export type Owner = object;

/** Few entries side by side: looking through them is quicker than a `Map`, and so is copying and emptying them. */
interface Bucket<V> {
  readonly owner: Owner | undefined;
  readonly keys: string[];
  readonly values: V[];
}

const bucketSize = 24;
const noEntries: Bucket<never> = { owner: undefined, keys: [], values: [] };

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
    const { keys, values } = this.buckets[this.bucketOf(key)]!;
    const place = placeOf(keys, key);
    return place === -1 ? undefined : values[place];
  }

  has(key: string): boolean {
    return placeOf(this.buckets[this.bucketOf(key)]!.keys, key) !== -1;
  }

  /** The table with this entry; the same table, changed in place, where it belongs to the owner. */
  with(owner: Owner, key: string, value: V): Table<V> {
    const table = this.ownedBy(owner);
    const { keys, values } = table.writableBucket(owner, table.bucketOf(key));
    const place = placeOf(keys, key);
    if (place === -1) {
      keys.push(key);
      values.push(value);
      table.counted(owner);
    } else values[place] = value;
    return table;
  }

  /** The table without this entry. */
  without(owner: Owner, key: string): Table<V> {
    if (this.count === 0) return this;
    const bucket = this.bucketOf(key);
    const place = placeOf(this.buckets[bucket]!.keys, key);
    if (place === -1) return this;
    const table = this.ownedBy(owner);
    const { keys, values } = table.writableBucket(owner, bucket);
    removeAt(keys, place);
    removeAt(values, place);
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
    for (const { keys, values } of this.buckets) {
      for (const [place, key] of keys.entries()) {
        isSorted &&= all.length === 0 || compareKeys(all[all.length - 1]![0], key) < 0;
        all.push([key, values[place] as V]);
      }
    }
    return isSorted ? all : all.toSorted(([a], [b]) => compareKeys(a, b));
  }

  private ownedBy(owner: Owner): Table<V> {
    return this.owner === owner ? this : new Table(this.buckets.slice(), this.count, owner);
  }

  private writableBucket(owner: Owner, place: number): Bucket<V> {
    const bucket = this.buckets[place]!;
    if (bucket.owner === owner) return bucket;
    const own = { owner, keys: bucket.keys.slice(), values: bucket.values.slice() };
    this.buckets[place] = own;
    return own;
  }

  private counted(owner: Owner): void {
    this.count += 1;
    if (this.count > this.buckets.length * bucketSize) this.grow(owner);
  }

  /** More buckets than entries fill: the work is spread over the entries that made it necessary. */
  private grow(owner: Owner): void {
    const old = this.buckets;
    this.buckets = Array.from({ length: old.length * 4 }, () => ({ owner, keys: [], values: [] }));
    for (const { keys, values } of old) {
      for (const [place, key] of keys.entries()) {
        const bucket = this.buckets[this.bucketOf(key)]!;
        bucket.keys.push(key);
        bucket.values.push(values[place] as V);
      }
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

/** The youngest entries are asked for most. */
function placeOf(keys: readonly string[], key: string): number {
  let place = keys.length - 1;
  while (place >= 0 && keys[place] !== key) place -= 1;
  return place;
}

/** What follows moves up; nothing else is made for it. */
function removeAt(list: unknown[], place: number): void {
  for (let next = place + 1; next < list.length; next += 1) list[next - 1] = list[next];
  list.pop();
}

/** Decimal keys by their value; other texts by length first, which is an order too. */
export function compareKeys(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a === b ? 0 : 1);
}
