import type { FieldSchema } from '#forms';

export interface FieldBelow {
  readonly name: string;
  readonly field: FieldSchema;
  readonly isRequired: boolean;
}

/** All fields of a form, those of its rows too. */
export function fieldsBelow({
  properties = {},
  required = [],
}: Pick<FieldSchema, 'properties' | 'required'>): readonly FieldBelow[] {
  return Object.entries(properties).flatMap(([name, field]) => [
    { name, field, isRequired: required.includes(name) },
    ...(field.items?.properties ? fieldsBelow(field.items) : []),
  ]);
}
