/** A JSON Schema 2020-12 as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const id: JsonSchema = { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$', maxLength: 100 };
export const text: JsonSchema = { type: 'string', minLength: 1 };
export const freeText: JsonSchema = { type: 'string' };
export const flag: JsonSchema = { type: 'boolean' };
export const ids: JsonSchema = { type: 'array', items: id, uniqueItems: true };
export const fieldNames: JsonSchema = { type: 'array', items: text };
export const anyObject: JsonSchema = { type: 'object' };
export const isoDate: JsonSchema = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' };

/** An object with exactly these properties; names ending in `?` may be absent. */
export function object(
  properties: Readonly<Record<string, JsonSchema>>,
  options: { readonly open?: boolean } = {},
): JsonSchema {
  const names = Object.keys(properties);
  return {
    type: 'object',
    required: names.filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ''), properties[name]])),
    additionalProperties: options.open ?? false,
  };
}

export function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

/** An object with free keys of one kind. */
export function record(values: JsonSchema, keys: JsonSchema = id): JsonSchema {
  return { type: 'object', propertyNames: keys, additionalProperties: values };
}
