import type { FeelFunction } from '../types.js';
import { FeelDaysDuration, FeelYearsDuration } from './duration.js';
import { isNumber } from './number.js';
import { FeelRange } from './range.js';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.js';

export type FeelContext = Readonly<Record<string, unknown>>;

/** A function made in FEEL, a built-in or one of the host. `invoke` charges the budget of the run that calls it. */
export abstract class FeelCallable {
  abstract readonly parameters: readonly string[];
  /** Names of the declared types, in the order of the parameters. */
  readonly parameterTypes?: readonly (string | undefined)[] | undefined;
  abstract readonly name: string;
  toString(): string {
    return `function(${this.parameters.join(', ')})`;
  }
}

export type Kind =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'list'
  | 'context'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'range'
  | 'function'
  | 'unknown';

/** The FEEL type of a value; `unknown` for what FEEL cannot hold. */
export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return 'string';
  if (isNumber(value)) return 'number';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? objectKind(value) : 'unknown';
}

function objectKind(value: object): Kind {
  if (isContext(value)) return 'context';
  if (value instanceof FeelDateTime) return 'date and time';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDaysDuration) return 'days and time duration';
  if (value instanceof FeelYearsDuration) return 'years and months duration';
  if (value instanceof FeelRange) return 'range';
  return value instanceof FeelCallable || isHostFunction(value) ? 'function' : 'unknown';
}

/** Plain objects are contexts; nothing inherited is ever read from them. */
export function isContext(value: unknown): value is FeelContext {
  if (typeof value !== 'object' || value === null) return false;
  if (isHostFunction(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isForeignPlainObject(value, prototype);
}

/** A function that the host gave; nothing that came from JSON can look like one. */
export function isHostFunction(value: object): value is FeelFunction {
  return (
    'invoke' in value && typeof value.invoke === 'function' && 'parameters' in value && Array.isArray(value.parameters)
  );
}

/** Plain objects of another realm (a worker, a test sandbox). */
function isForeignPlainObject(value: object, prototype: unknown): boolean {
  return (
    !Array.isArray(value) &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype as object, 'isPrototypeOf')
  );
}

/** Sets an own entry whatever its name is (`__proto__` too). */
export function setEntry(context: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(context, key, { value, enumerable: true, configurable: true, writable: true });
  else context[key] = value;
}

/** The own entry, or undefined. */
export function entryOf(context: FeelContext, key: string): unknown {
  return Object.hasOwn(context, key) ? context[key] : undefined;
}
