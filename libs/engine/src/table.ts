/** Whoever holds this token may change the buckets that carry it in place; a step makes one for itself. */
export type Owner = object;

/** Few entries side by side: looking through them is quicker than a `Map`, and so is copying and emptying them. */
interface Bucket<V> {
  readonly owner: Owner | undefined;
  readonly keys: string[];
  readonly values: V[];
}

/** A node of the tree: what it holds are branches, or buckets on the lowest level. */
interface Branch<V> {
  readonly owner: Owner | undefined;
  readonly below: (Branch<V> | Bucket<V>)[];
}

const BUCKET_SIZE = 24;
const BITS = 3;
const WIDTH = 1 << BITS;
/** Eight numbers that follow each other share a bucket: what was made together changes together, and is copied once. */
const NEIGHBOR_BITS = 3;
const noEntries: Bucket<never> = { owner: undefined, keys: [], values: [] };

/**
 * An immutable map from keys to values that costs what is changed, not what it holds: a tree of buckets, of which a
 * change copies one bucket and the branches above it; further changes by the same owner copy nothing. Iterates in the
 * order of keys, whatever the history. As JSON: a record.
 */
export class Table<V> implements Iterable<readonly [string, V]> {
  private constructor(
    private root: Branch<V> | Bucket<V>,
    /** Levels of branches above the buckets. */
    private depth: number,
    private count: number,
    private readonly owner: Owner | undefined,
  ) {}

  static readonly #empty = new Table<unknown>(noEntries, 0, 0, undefined);

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
    const { keys, values } = this.bucketOf(key);
    const place = placeOf(keys, key);
    return place === -1 ? undefined : values[place];
  }

  has(key: string): boolean {
    return placeOf(this.bucketOf(key).keys, key) !== -1;
  }

  /** The table with this entry; the same table, changed in place, where it belongs to the owner. */
  with(owner: Owner, key: string, value: V): Table<V> {
    const table = this.ownedBy(owner);
    const { keys, values } = table.writableBucket(owner, key);
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
    const place = placeOf(this.bucketOf(key).keys, key);
    if (place === -1) return this;
    const table = this.ownedBy(owner);
    if (table.count === 1) return table.emptied();
    const { keys, values } = table.writableBucket(owner, key);
    removeAt(keys, place);
    removeAt(values, place);
    table.count -= 1;
    return table;
  }

  keys(): readonly string[] {
    return this.sorted().map(([key]) => key);
  }

  values(): readonly V[] {
    return this.sorted().map(([, value]) => value);
  }

  /** Shows all values in any order, which costs no sorting; the table must not be changed meanwhile. */
  visit(visitor: (value: V) => void): void {
    visitBelow(this.root, this.depth, visitor);
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
    for (const { keys, values } of this.buckets()) {
      for (const [place, key] of keys.entries()) {
        isSorted &&= all.length === 0 || compareKeys(all[all.length - 1]![0], key) < 0;
        all.push([key, values[place] as V]);
      }
    }
    return isSorted ? all : all.toSorted(([a], [b]) => compareKeys(a, b));
  }

  private buckets(): readonly Bucket<V>[] {
    let level: readonly (Branch<V> | Bucket<V>)[] = [this.root];
    for (let depth = this.depth; depth > 0; depth -= 1) level = level.flatMap((node) => (node as Branch<V>).below);
    return level as readonly Bucket<V>[];
  }

  private bucketOf(key: string): Bucket<V> {
    if (this.depth === 0) return this.root as Bucket<V>;
    let node = this.root;
    for (let depth = this.depth, hash = hashOf(key); depth > 0; depth -= 1, hash >>>= BITS)
      node = (node as Branch<V>).below[hash & (WIDTH - 1)]!;
    return node as Bucket<V>;
  }

  private ownedBy(owner: Owner): Table<V> {
    return this.owner === owner ? this : new Table(this.root, this.depth, this.count, owner);
  }

  private writableBucket(owner: Owner, key: string): Bucket<V> {
    if (this.depth === 0) return (this.root = ownBucket(owner, this.root as Bucket<V>));
    let branch = ownBranch(owner, this.root as Branch<V>);
    this.root = branch;
    let hash = hashOf(key);
    for (let depth = this.depth; depth > 1; depth -= 1, hash >>>= BITS) {
      const place = hash & (WIDTH - 1);
      branch = branch.below[place] = ownBranch(owner, branch.below[place] as Branch<V>);
    }
    const place = hash & (WIDTH - 1);
    return (branch.below[place] = ownBucket(owner, branch.below[place] as Bucket<V>));
  }

  private counted(owner: Owner): void {
    this.count += 1;
    if (this.count > BUCKET_SIZE << (BITS * this.depth)) this.grow(owner);
  }

  /** A level more than the entries fill: the work is spread over the entries that made it necessary. */
  private grow(owner: Owner): void {
    const old = this.buckets();
    this.depth += 1;
    this.root = emptyTree(owner, this.depth);
    for (const { keys, values } of old) {
      for (const [place, key] of keys.entries()) {
        const bucket = this.writableBucket(owner, key);
        bucket.keys.push(key);
        bucket.values.push(values[place] as V);
      }
    }
  }

  /** An empty table takes the room of a small one again. */
  private emptied(): Table<V> {
    this.root = noEntries as Bucket<V>;
    this.depth = 0;
    this.count = 0;
    return this;
  }
}

function visitBelow<V>(node: Branch<V> | Bucket<V>, depth: number, visitor: (value: V) => void): void {
  if (depth === 0) for (const value of (node as Bucket<V>).values) visitor(value);
  else for (const lower of (node as Branch<V>).below) visitBelow(lower, depth - 1, visitor);
}

function ownBucket<V>(owner: Owner, bucket: Bucket<V>): Bucket<V> {
  if (bucket.owner === owner) return bucket;
  return { owner, keys: bucket.keys.slice(), values: bucket.values.slice() };
}

function ownBranch<V>(owner: Owner, branch: Branch<V>): Branch<V> {
  return branch.owner === owner ? branch : { owner, below: branch.below.slice() };
}

function emptyTree<V>(owner: Owner, depth: number): Branch<V> {
  const below = () => (depth === 1 ? (noEntries as Bucket<V>) : emptyTree<V>(owner, depth - 1));
  return { owner, below: Array.from({ length: WIDTH }, below) };
}

/** Of the last digits, mixed: keys are counted up in steps, and steps of a power of two must spread too. */
function hashOf(key: string): number {
  let digits = 0;
  for (let i = Math.max(0, key.length - 6); i < key.length; i += 1) digits = digits * 10 + key.charCodeAt(i) - 48;
  return Math.imul(digits >>> NEIGHBOR_BITS, 0x9e3779b1) >>> 8;
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

/** What `compareKeys(a, b) < 0` says, with one look at the texts. */
export function isKeyBefore(a: string, b: string): boolean {
  return a.length < b.length || (a.length === b.length && a < b);
}

/** Decimal keys by their value; other texts by length first, which is an order too. */
export function compareKeys(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a === b ? 0 : 1);
}
