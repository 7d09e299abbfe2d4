import type { FieldSchema, FormFile } from '#forms';

/** What people call a field, by its own name wherever it stands in these forms; the first form that has it tells. */
export function fieldTitles(forms: Iterable<FormFile>): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const { schema } of forms) addBelow(titles, schema);
  return titles;
}

function addBelow(titles: Map<string, string>, { properties = {}, items }: FieldSchema): void {
  for (const [name, child] of Object.entries(properties)) {
    if (child.title && !titles.has(name)) titles.set(name, child.title);
    addBelow(titles, child);
  }
  if (items) addBelow(titles, items);
}
