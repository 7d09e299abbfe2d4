import type { Key } from '../state.js';
import { isKeyBefore } from '../table.js';

/**
 * Keys whose turn comes: first those left behind by an earlier step, in their order, then what is added, in the order of
 * adding. What was left behind is a heap and not a sorted list: a step takes some 2,000 of them, however many there are.
 */
export class ScheduledKeys {
  #left: Key[] = [];
  readonly #added: Key[] = [];
  #next = 0;

  /** Keys in any order, taken over as the heap; nothing may be waiting. */
  leave(keys: Key[]): void {
    this.#left = keys;
    for (let place = (keys.length >>> 1) - 1; place >= 0; place -= 1) sink(keys, place);
  }

  add(key: Key): void {
    this.#added.push(key);
  }

  take(): Key | undefined {
    if (this.#left.length > 0) return takeLeast(this.#left);
    const key = this.#added[this.#next];
    if (key !== undefined) this.#next += 1;
    return key;
  }

  /** All that is waiting, as what the next step finds left behind: costs what was added, not what was left before. */
  handOver(isPending: (key: Key) => boolean): ScheduledKeys {
    const next = new ScheduledKeys();
    const added = this.#added.slice(this.#next).filter(isPending);
    if (added.length > this.#left.length) next.leave([...this.#left, ...added]);
    else {
      next.#left = this.#left;
      for (const key of added) insert(next.#left, key);
    }
    return next;
  }

  get isEmpty(): boolean {
    return this.#left.length === 0 && this.#next === this.#added.length;
  }
}

/** A key that stands there twice has one turn. */
function takeLeast(heap: Key[]): Key | undefined {
  const least = heap[0];
  do {
    const last = heap.pop();
    if (heap.length > 0 && last !== undefined) {
      heap[0] = last;
      sink(heap, 0);
    }
  } while (heap.length > 0 && heap[0] === least);
  return least;
}

/** Lets a key go up until the one above it is less. */
function insert(heap: Key[], key: Key): void {
  let place = heap.push(key) - 1;
  while (place > 0) {
    const above = (place - 1) >>> 1;
    if (!isKeyBefore(key, heap[above]!)) break;
    heap[place] = heap[above]!;
    place = above;
  }
  heap[place] = key;
}

/** Lets a key go down until both below it are greater. */
function sink(heap: Key[], from: number): void {
  const key = heap[from]!;
  let place = from;
  for (let below = 2 * place + 1; below < heap.length; below = 2 * place + 1) {
    if (below + 1 < heap.length && isKeyBefore(heap[below + 1]!, heap[below]!)) below += 1;
    const least = heap[below]!;
    if (!isKeyBefore(least, key)) break;
    heap[place] = least;
    place = below;
  }
  heap[place] = key;
}
