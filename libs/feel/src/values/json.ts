import { type FeelContext, isContext, setEntry } from './kinds.js';
import { compareNumbers, type FeelNumber, isNumber, parseNumber, plainNumber } from './number.js';
import { parseAtLiteral } from './parse-temporal.js';

/** Values may nest this deep when they leave FEEL. */
export const MAX_VALUE_DEPTH = 500;

/** A value nests deeper than `MAX_VALUE_DEPTH`. */
export class ValueTooDeep extends Error {}

/**
 * Values that leave FEEL may hold so many parts, each counted as often as it is reached: a list that holds another twice
 * is written out twice.
 */
export const MAX_VALUE_PARTS = 2_000_000;

/** Parts of a value that are as dear as one step of an evaluation. */
const PARTS_PER_STEP = 8;

/** A value has more than `MAX_VALUE_PARTS`. */
export class ValueTooLarge extends Error {}

/** One pass over a value. */
class LeafMapping {
  #parts = 0;

  constructor(
    private readonly leaf: (value: unknown) => unknown,
    private readonly charge: (() => void) | undefined,
  ) {}

  /** Maps leaves and copies only what changes. Throws `ValueTooDeep` and `ValueTooLarge`. */
  map(value: unknown, depth = 0): unknown {
    this.#parts += 1;
    if (this.#parts % PARTS_PER_STEP === 0) this.charge?.();
    if (this.#parts > MAX_VALUE_PARTS) throw new ValueTooLarge(`Expected at most ${MAX_VALUE_PARTS} parts of a value.`);
    if (depth > MAX_VALUE_DEPTH) throw new ValueTooDeep(`Expected at most ${MAX_VALUE_DEPTH} nested levels.`);
    if (Array.isArray(value)) return this.#mapList(value, depth + 1);
    return isContext(value) ? this.#mapContext(value, depth + 1) : this.leaf(value);
  }

  #mapList(list: readonly unknown[], depth: number): readonly unknown[] {
    let copy: unknown[] | undefined;
    list.forEach((item, index) => {
      const mapped = this.map(item, depth);
      if (mapped !== item) (copy ??= [...list])[index] = mapped;
    });
    return copy ?? list;
  }

  #mapContext(context: FeelContext, depth: number): FeelContext {
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(context)) {
      const mapped = this.map(context[key], depth);
      if (mapped === context[key]) continue;
      copy ??= { ...context };
      setEntry(copy, key, mapped);
    }
    return copy ?? context;
  }
}

function mapLeaves(value: unknown, leaf: (value: unknown) => unknown, charge?: () => void): unknown {
  return Array.isArray(value) || isContext(value) ? new LeafMapping(leaf, charge).map(value) : leaf(value);
}

/** What whoever takes a value over is told. */
export interface TakeOver {
  /** Called for every step that the value costs. */
  charge?(): void;
  /** Called for each number that is beyond the range of JS numbers. */
  beyondRange?(): void;
  /** Called for each whole number that JSON cannot say exactly: beyond 2^53 its last digits change. */
  inexact?(): void;
}

/**
 * Rounds decimals to JS numbers, of which those beyond their range (1.8e308) become null; the rest stays as it is. Throws
 * `ValueTooDeep` and `ValueTooLarge`.
 */
export function toPlainNumbers(value: unknown, { charge, beyondRange, inexact }: TakeOver = {}): unknown {
  const plain = (leaf: unknown): unknown => {
    const mapped = plainLeaf(leaf);
    if (mapped === null && leaf !== null) beyondRange?.();
    else if (isNumber(leaf) && losesDigits(leaf)) inexact?.();
    return mapped;
  };
  return mapLeaves(value, plain, charge);
}

function losesDigits(leaf: FeelNumber): boolean {
  const plain = plainNumber(leaf);
  return (
    Number.isInteger(plain) && !Number.isSafeInteger(plain) && compareNumbers(parseNumber(String(plain))!, leaf) !== 0
  );
}

/** A number that JSON can hold; any other value as it is. */
function plainLeaf(leaf: unknown): unknown {
  if (!isNumber(leaf)) return leaf;
  const plain = plainNumber(leaf);
  return Number.isFinite(plain) ? plain : null;
}

/** FEEL value to JSON value: temporal values, durations and intervals as their ISO text, functions and the like as null. Throws `ValueTooDeep` and `ValueTooLarge`. */
export function toJson(value: unknown, payer?: { charge(steps: number): void }): unknown {
  return mapLeaves(value, jsonLeaf, payer && (() => payer.charge(1)));
}

function jsonLeaf(leaf: unknown): unknown {
  if (isNumber(leaf)) return plainLeaf(leaf);
  if (leaf === null || typeof leaf === 'string' || typeof leaf === 'boolean') return leaf;
  const hasText = typeof leaf === 'object' && 'toJSON' in leaf && typeof leaf.toJSON === 'function';
  return hasText ? String(leaf) : null;
}

/**
 * JSON value to FEEL value. JSON is FEEL already, so text stays text; only `undefined` and numbers that are none become null.
 * Name a `type` to read one text as a temporal value.
 */
export function fromJson(value: unknown, type: 'any' | 'temporal' = 'any'): unknown {
  if (type === 'temporal' && typeof value === 'string') return parseAtLiteral(value) ?? null;
  return mapLeaves(value, (leaf) =>
    leaf === undefined || (typeof leaf === 'number' && !isNumber(leaf)) ? null : leaf,
  );
}
