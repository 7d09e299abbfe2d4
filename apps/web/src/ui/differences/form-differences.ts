import type { Difference } from './differences.js';

type Json = Record<string, unknown>;

/** Fields added, changed and removed, with what changed about each; then the rest of the file. */
export function formDifferences(before: string, after: string): Difference[] {
  const [old, fresh] = [JSON.parse(before) as Json, JSON.parse(after) as Json];
  const [oldFields, freshFields] = [fieldsOf(old), fieldsOf(fresh)];
  const names = [...new Set([...Object.keys(oldFields), ...Object.keys(freshFields)])];
  const fields = names.flatMap((name) => fieldDifference(name, oldFields[name], freshFields[name]));
  return [
    ...fields,
    ...requiredDifferences(old, fresh, { ...oldFields, ...freshFields }),
    ...otherDifferences(old, fresh),
  ];
}

function fieldsOf(form: Json): Record<string, Json> {
  return ((form.schema as Json | undefined)?.properties ?? {}) as Record<string, Json>;
}

function fieldDifference(name: string, before: Json | undefined, after: Json | undefined): Difference[] {
  const label = labelOf(name, after ?? before);
  if (!before) return [{ kind: 'added', key: 'fieldAdded', values: { label } }];
  if (!after) return [{ kind: 'removed', key: 'fieldRemoved', values: { label } }];
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]),
  );
  return parts.map((part): Difference =>
    isShort(before[part]) && isShort(after[part])
      ? {
          kind: 'changed',
          key: 'fieldChanged',
          values: { label, part, before: shortly(before[part]), after: shortly(after[part]) },
        }
      : { kind: 'changed', key: 'fieldPartChanged', values: { label, part } },
  );
}

function requiredDifferences(before: Json, after: Json, fields: Record<string, Json>): Difference[] {
  const [old, fresh] = [before, after].map(
    (form) => ((form.schema as Json | undefined)?.required ?? []) as string[],
  ) as [string[], string[]];
  const values = (name: string) => ({ label: labelOf(name, fields[name]) });
  return [
    ...fresh
      .filter((name) => !old.includes(name))
      .map((name) => ({ kind: 'changed' as const, key: 'fieldRequired', values: values(name) })),
    ...old
      .filter((name) => !fresh.includes(name))
      .map((name) => ({ kind: 'changed' as const, key: 'fieldOptional', values: values(name) })),
  ];
}

function otherDifferences(before: Json, after: Json): Difference[] {
  const differs = (part: string) => JSON.stringify(before[part]) !== JSON.stringify(after[part]);
  const title: Difference[] = differs('title')
    ? [{ kind: 'changed', key: 'titleChanged', values: { before: shortly(before.title), after: shortly(after.title) } }]
    : [];
  return differs('ui') ? [...title, { kind: 'changed', key: 'layoutOfForm', values: {} }] : title;
}

function labelOf(name: string, field: Json | undefined): string {
  return typeof field?.title === 'string' && field.title !== '' ? field.title : name;
}

/** What can be read in one line; a list or an object is only said to be changed. */
const isShort = (value: unknown): boolean => typeof value !== 'object' || value === null;

function shortly(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '—');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
