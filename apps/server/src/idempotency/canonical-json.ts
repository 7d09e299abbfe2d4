/** JSON in which the names of each object stand in one order, so that equal content is equal text. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sorted) ?? '';

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
