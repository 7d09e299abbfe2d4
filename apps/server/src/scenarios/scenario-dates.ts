const DAY_MS = 24 * 3_600_000;

/** A date alone means that whole day, its end (24:00) included. */
export function isDue(dueDate: number | null, expected: string): boolean {
  if (dueDate === null) return false;
  if (expected.includes('T')) return dueDate === Date.parse(expected);
  const midnight = Date.parse(`${expected}T00:00:00+08:00`);
  return dueDate > midnight && dueDate <= midnight + DAY_MS;
}
