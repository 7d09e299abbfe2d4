import { toJson, type CompiledExpression } from '#feel';
import type { ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { Reading } from './reading.js';

interface Whole {
  /** The attribute, as it is called in the file. */
  readonly place: string;
  readonly min: number;
  readonly max: number;
}

/** What 32 bits hold: numbers that are stored in a column of that width. */
export const maxInteger = 2_147_483_647;

/**
 * Refuses a number that is written out and is not whole or out of its range; one that an expression computes is looked
 * at when it is there.
 */
export function checkWhole(
  reading: Reading,
  element: ModdleElement,
  expression: CompiledExpression | undefined,
  { place, min, max }: Whole,
): void {
  const found = expression && writtenValue(expression);
  if (found === undefined || found === null) return;
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  if (typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max) return;
  reading.problems.error(
    'invalidNumber',
    element,
    {
      en: `Expected ${place} of ${label(element)} to be a whole number from ${min} to ${max} but found: ${expression?.source}`,
      zh: `${label(element)} 的 ${place} 必须是 ${min} 到 ${max} 的整数，现为：${expression?.source}`,
    },
    { place },
  );
}

/** The value of an expression that reads nothing; null where it takes functions of the platform to tell. */
function writtenValue(expression: CompiledExpression): unknown {
  if (expression.isStatic) return expression.source;
  if (expression.reads.length > 0) return undefined;
  const nothing = { get: () => undefined, has: () => false };
  const { value, failed } = expression.evaluate(nothing, { now: 0, timeZone: 'UTC' });
  return failed ? undefined : toJson(value);
}
