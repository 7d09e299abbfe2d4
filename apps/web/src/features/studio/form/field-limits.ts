import { asObject, type FieldLine, type Json, type LineKind } from './form-fields.js';

/** What limits a kind: the least and the most. */
export const limitsOf: Partial<Record<LineKind, readonly [string, string]>> = {
  text: ['minLength', 'maxLength'],
  longText: ['minLength', 'maxLength'],
  number: ['minimum', 'maximum'],
  choices: ['minItems', 'maxItems'],
  texts: ['minItems', 'maxItems'],
  files: ['minItems', 'maxItems'],
  group: ['minItems', 'maxItems'],
};

/** Keywords that make the kind what it is, or that the field editor asks for. */
const KNOWN = [
  'type',
  'format',
  'title',
  'titleEn',
  'properties',
  'required',
  'additionalProperties',
  'uniqueItems',
  'items',
  'x-class',
  'x-default',
  'x-dictionary',
  'x-source',
];
const KNOWN_OF_ITEMS = [...KNOWN, 'minLength', 'maxLength'];

/** Conditions can be plain true or false too; these stay as they are. */
export const isFeelOrNothing = (value: unknown): boolean => value === undefined || typeof value === 'string';

/** Keywords of a field that the field editor does not ask for, and leaves as they are. */
export function otherKeywords({ kind, schema }: FieldLine): string[] {
  const asked = new Set([
    ...KNOWN,
    ...(limitsOf[kind] ?? []),
    ...(kind === 'yesNo' ? ['default'] : []),
    ...['x-visible', 'x-required'].filter((keyword) => isFeelOrNothing(schema[keyword])),
  ]);
  const own = Object.keys(schema).filter((keyword) => !asked.has(keyword));
  const items =
    kind === 'group' ? [] : Object.keys(asObject(schema.items)).filter((key) => !KNOWN_OF_ITEMS.includes(key));
  return [...new Set([...own, ...items])];
}

/** Where a choice stands: on the field itself, or on each item of a list. */
export function choicesOf({ kind, schema }: FieldLine): { at: readonly string[]; holder: Json } | null {
  if (kind === 'choice') return { at: [], holder: schema };
  return kind === 'choices' ? { at: ['items'], holder: asObject(schema.items) } : null;
}
