import type { FormData, JsonSchema } from './api-types.js';
import { plainValue } from './plain-value.js';

type Translate = (key: string) => string;

/** Filled-in fields with their labels and the words of what was chosen; empty ones are left out. */
export function answersOf(
  names: string[],
  properties: Record<string, JsonSchema>,
  data: FormData,
  translate: Translate,
) {
  return names
    .filter((name) => properties[name] !== undefined && !isEmpty(data[name]))
    .map((name) => ({
      label: String(properties[name]?.title ?? name),
      text: answerText(properties[name] ?? {}, data[name], translate),
    }));
}

function answerText(schema: JsonSchema, value: unknown, translate: Translate): string {
  const choices = schema.oneOf as { const: unknown; title?: string }[] | undefined;
  const chosen = choices?.find((choice) => choice.const === value);
  if (chosen) return String(chosen.title ?? chosen.const);
  if (Array.isArray(value)) return listText((schema.items ?? {}) as JsonSchema, value, translate);
  const properties = schema.properties as Record<string, JsonSchema> | undefined;
  if (properties && typeof value === 'object' && value !== null && !schema['x-file'])
    return answersOf(Object.keys(properties), properties, value as FormData, translate)
      .map(({ text }) => text)
      .join(' ');
  return plainValue(value, translate);
}

function listText(items: JsonSchema, values: unknown[], translate: Translate): string {
  const texts = values.map((value) => answerText(items, value, translate));
  if (items.type !== 'object' || items['x-file']) return texts.join('、');
  return texts.map((text, index) => `${index + 1}. ${text}`).join('\n');
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
