import { isObject } from './json.js';
import type { Choice, FieldSchema } from './types.js';

const KEPT = new Set([
  'type',
  'const',
  'enum',
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'properties',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'formatMinimum',
  'formatMaximum',
]);

const ANY_HANDLE: FieldSchema = {
  type: 'object',
  required: ['$sealed'],
  additionalProperties: false,
  properties: { $sealed: { type: 'string' } },
};

/**
 * The bare JSON Schema that Ajv compiles: no titles and own keywords, so that cases share compiled validators; titled
 * choices become an `enum`, which is one comparison and one fault instead of one for each choice.
 */
export function validationSchema(schema: FieldSchema): FieldSchema {
  if (schema['x-sealed']) return ANY_HANDLE;
  const bare: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) if (KEPT.has(keyword)) bare[keyword] = value;
  if (isObject(schema.properties)) bare['properties'] = mapValues(schema.properties, validationSchema);
  if (isObject(schema.items)) bare['items'] = validationSchema(schema.items as FieldSchema);
  if (schema['x-rows']) bare['prefixItems'] = schema['x-rows'].map(validationSchema);
  if (schema.oneOf && isTitledChoices(schema.oneOf)) {
    delete bare['oneOf'];
    bare['enum'] = schema.oneOf.map((choice) => choice.const);
  }
  return bare;
}

function isTitledChoices(choices: readonly Choice[]): boolean {
  return choices.every((choice) => Object.hasOwn(choice, 'const') && !Object.hasOwn(choice, 'properties'));
}

function mapValues(
  properties: Readonly<Record<string, unknown>>,
  change: (schema: FieldSchema) => FieldSchema,
): Record<string, FieldSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, change(schema as FieldSchema)]));
}
