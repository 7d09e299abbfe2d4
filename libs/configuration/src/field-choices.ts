import type { FieldSchema, FormFile } from '#forms';

/** Where the value of a field comes from: a dictionary, or a list that the platform keeps (`x-source`). */
export interface FieldChoice {
  readonly field: string;
  /** Dictionary whose values it takes; absent where it takes those of a source. */
  readonly dictionary?: string;
  /** List of the platform that it chooses from, such as `units`; absent where it has a dictionary. */
  readonly source?: string;
}

/** What fields of these forms choose from, by their own names wherever they stand; each choice once. */
export function fieldChoices(forms: Iterable<FormFile>): readonly FieldChoice[] {
  const found = new Map<string, FieldChoice>();
  for (const { schema } of forms)
    for (const choice of choicesBelow(schema))
      found.set([choice.field, choice.dictionary, choice.source].join('\n'), choice);
  return [...found.values()];
}

function choicesBelow({ properties = {}, items }: FieldSchema): readonly FieldChoice[] {
  const own = Object.entries(properties).flatMap(([field, child]) => [
    ...choiceOf(field, child),
    ...(child.items ? choiceOf(field, child.items) : []),
    ...choicesBelow(child),
  ]);
  return items ? [...own, ...choicesBelow(items)] : own;
}

function choiceOf(field: string, schema: FieldSchema): readonly FieldChoice[] {
  const { 'x-dictionary': dictionary, 'x-source': source } = schema;
  if (dictionary !== undefined) return [{ field, dictionary }];
  return source === undefined ? [] : [{ field, source }];
}
