import { isObject } from './json.js';
import type { Choice, FieldSchema, FormContext } from './types.js';

/**
 * Expands `x-dictionary` and `x-source` to `oneOf` with titles; of an array, to distinct choices. An unknown name
 * leaves the field as it is (the check of the form reports it).
 */
export function expandChoices(schema: FieldSchema, context: FormContext): FieldSchema {
  if (schema.type !== 'array') return withChoices(schema, choicesOf(schema, context));
  const items = isObject(schema.items) ? (schema.items as FieldSchema) : undefined;
  const choices = choicesOf(schema, context) ?? (items && choicesOf(items, context));
  if (!choices) return schema;
  return { ...schema, uniqueItems: true, items: withChoices(items ?? { type: 'string' }, choices) };
}

function withChoices(schema: FieldSchema, choices: readonly Choice[] | undefined): FieldSchema {
  return choices && choices.length > 0 ? { ...schema, oneOf: choices } : schema;
}

function choicesOf(schema: FieldSchema, context: FormContext): readonly Choice[] | undefined {
  const dictionary = schema['x-dictionary'];
  if (dictionary !== undefined && Object.hasOwn(context.dictionaries, dictionary)) {
    return context.dictionaries[dictionary]?.map((entry) => ({
      const: entry.value,
      title: (context.language === 'en' && entry.labelEn) || entry.label,
    }));
  }
  const source = schema['x-source'];
  return source && context.sources[source]?.map(({ id, name }) => ({ const: id, title: name }));
}

/** The user picks the value instead of typing it. */
export function isChoice(schema: FieldSchema): boolean {
  if (schema.enum || schema.oneOf || schema['x-dictionary'] || schema['x-source'] || schema.type === 'boolean')
    return true;
  return (
    schema.format === 'date' ||
    schema.format === 'date-time' ||
    (isObject(schema.items) && isChoice(schema.items as FieldSchema))
  );
}
