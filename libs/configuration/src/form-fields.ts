import type { FieldSchema, FormFile } from '#forms';
import { pointerPart } from './json-text.js';
import { remembered } from './remembered.js';
import type { RolesFile } from './settings.js';

/** A field that holds a value of its own: no object of fields and no list of such. */
export interface FormLeaf {
  /** Top-level field it stands in; also the name of the process variable. */
  readonly field: string;
  /** JSON pointer inside of the form file. */
  readonly place: string;
  /** Its own class or that of the nearest holder. */
  readonly classId?: string;
  readonly schema: FieldSchema;
}

/** The leaves of a form with the class that holds for each. */
export const leavesOf = remembered((form: FormFile): readonly FormLeaf[] =>
  Object.entries(form.schema.properties ?? {}).flatMap(([field, schema]) =>
    leavesBelow(schema, { field, place: `/schema/properties/${pointerPart(field)}`, ...classOf(form.schema) }),
  ),
);

type Holder = Omit<FormLeaf, 'schema'>;

function leavesBelow(schema: FieldSchema, holder: Holder): readonly FormLeaf[] {
  const here = { ...holder, ...classOf(schema) };
  if (schema['x-file']) return [{ ...here, schema }];
  if (schema.items) return leavesBelow(schema.items, { ...here, place: `${here.place}/items` });
  if (!schema.properties) return [{ ...here, schema }];
  return Object.entries(schema.properties).flatMap(([key, child]) =>
    leavesBelow(child, { ...here, place: `${here.place}/properties/${pointerPart(key)}` }),
  );
}

function classOf(schema: FieldSchema): { readonly classId?: string } {
  return schema['x-class'] === undefined ? {} : { classId: schema['x-class'] };
}

/** Top-level fields of a form that hold anything sealed. */
export function sealedFields(form: FormFile, roles: RolesFile): ReadonlySet<string> {
  const sealed = new Set(roles.classes.filter((one) => one.sealed).map(({ id }) => id));
  return new Set(
    leavesOf(form)
      .filter(({ classId }) => classId !== undefined && sealed.has(classId))
      .map(({ field }) => field),
  );
}

type PlacedSchema = { readonly place: string; readonly field: string; readonly schema: FieldSchema };

/** Every schema of a form from the top down, each with its JSON pointer. */
export const schemasOf = remembered((form: FormFile): readonly PlacedSchema[] => {
  const walk = (schema: FieldSchema, place: string, field: string): readonly PlacedSchema[] => [
    { place, field, schema },
    ...(schema.items ? walk(schema.items, `${place}/items`, field) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, child]) =>
      walk(child, `${place}/properties/${pointerPart(key)}`, field || key),
    ),
  ];
  return walk(form.schema, '/schema', '');
});
