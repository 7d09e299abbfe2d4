import type { Queries } from '#persistence';
import type { InstanceRecord } from '#runtime';

/**
 * Of open variables with these names what a case says by now: each as the newest of its instances tells it that holds a
 * value. A review after the end of a case knows more than the case, whose variables stay as they were; called instances
 * work on values of their callers.
 */
export async function latestValues(
  queries: Queries,
  instances: readonly InstanceRecord[],
  names: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  if (names.length === 0) return {};
  const own = instances.filter(({ parentInstanceKey }) => parentInstanceKey === null);
  const told = await Promise.all(own.map(({ key }) => queries.variablesOf(key)));
  const values = names.map((name) => [name, told.findLast((variables) => holds(variables[name]))?.[name]] as const);
  return Object.fromEntries(values.filter(([, value]) => holds(value)));
}

const holds = (value: unknown): boolean => value !== null && value !== undefined;
