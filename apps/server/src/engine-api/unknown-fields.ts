import { Refusal } from '../problems/refusal.js';

/** @throws Refusal that names the first field which `place` does not have. */
export function requireNone(place: string, others: Readonly<Record<string, unknown>>): void {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new Refusal('invalidArgument', `Expected no field ${JSON.stringify(unknown)} in ${place}.`);
}
