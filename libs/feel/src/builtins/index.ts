import { aggregateFunctions } from './aggregate.js';
import { contextFunctions } from './context.js';
import { conversionFunctions } from './conversion.js';
import type { Builtin } from './define.js';
import { listFunctions } from './list.js';
import { numericFunctions } from './numeric.js';
import { randomFunctions } from './random.js';
import { rangeFunctions } from './range.js';
import { stringFunctions } from './string.js';
import { temporalFunctions } from './temporal.js';

const all: readonly Builtin[] = [
  ...stringFunctions,
  ...numericFunctions,
  ...listFunctions,
  ...aggregateFunctions,
  ...contextFunctions,
  ...conversionFunctions,
  ...rangeFunctions,
  ...randomFunctions,
  ...temporalFunctions,
];

const byName: ReadonlyMap<string, Builtin> = new Map(all.map((each) => [each.name, each]));

/** Names of all built-in functions, for the parser and for editors. */
export const builtinNames: readonly string[] = [...byName.keys()];

/** The built-in function of that name. */
export function builtin(name: string): Builtin | undefined {
  return byName.get(name);
}
