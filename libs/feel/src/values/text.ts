import type { Payer } from './compare.js';
import { kindOf } from './kinds.js';
import { type FeelNumber, numberText, stepsOf } from './number.js';
import { ValueTooDeep } from './json.js';
import { FeelRange } from './range.js';

const MAX_TEXT_DEPTH = 200;

/** The text that `string()` gives; `payer` is charged for each part. Throws `ValueTooDeep`. */
export function textOf(value: unknown, payer?: Payer): string {
  return typeof value === 'string' ? value : literalText(value, 0, payer);
}

function literalText(value: unknown, depth: number, payer?: Payer): string {
  payer?.charge(stepsOf(value));
  if (depth > MAX_TEXT_DEPTH) throw new ValueTooDeep(`Expected at most ${MAX_TEXT_DEPTH} nested levels.`);
  const kind = kindOf(value);
  if (kind === 'null') return 'null';
  if (kind === 'number') return numberText(value as FeelNumber);
  if (kind === 'string') return depth === 0 ? (value as string) : JSON.stringify(value);
  if (kind === 'list') return `[${(value as unknown[]).map((item) => literalText(item, depth + 1, payer)).join(', ')}]`;
  if (kind === 'context') return contextText(value as Record<string, unknown>, depth + 1, payer);
  return kind === 'range' ? rangeText(value as FeelRange, depth + 1) : String(value);
}

function contextText(context: Record<string, unknown>, depth: number, payer?: Payer): string {
  const entries = Object.keys(context).map((key) => `${keyText(key)}: ${literalText(context[key], depth, payer)}`);
  return `{${entries.join(', ')}}`;
}

function keyText(key: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(key) ? key : JSON.stringify(key);
}

function rangeText(range: FeelRange, depth: number): string {
  if (range.isUnary && range.start === null)
    return `(${range.endIncluded ? '<=' : '<'} ${literalText(range.end, depth)})`;
  if (range.isUnary && range.end === null)
    return `(${range.startIncluded ? '>=' : '>'} ${literalText(range.start, depth)})`;
  const inner = `${literalText(range.start, depth)}..${literalText(range.end, depth)}`;
  return `${range.startIncluded ? '[' : '('}${inner}${range.endIncluded ? ']' : ')'}`;
}
