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

  get isEmpty(): boolean {
    return this.#left.length === 0 && this.#next === this.#added.length;
  }
}

function takeLeast(heap: Key[]): Key | undefined {
  const least = heap[0];
  const last = heap.pop();
  if (heap.length > 0 && last !== undefined) {
    heap[0] = last;
    sink(heap, 0);
  }
  return least;
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
