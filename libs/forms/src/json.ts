import type { FieldSchema, Handle } from './types.js';

export type JsonObject = Record<string, unknown>;

/** True for a JSON object, not for null or an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for `{"$sealed": "<key>"}` and nothing besides. */
export function isHandle(value: unknown): value is Handle {
  return isObject(value) && typeof value['$sealed'] === 'string' && Object.keys(value).length === 1;
}

/** True where a handle stands anywhere in the value. */
export function containsHandle(value: unknown): boolean {
  if (isHandle(value)) return true;
  if (Array.isArray(value)) return value.some(containsHandle);
  return isObject(value) && Object.values(value).some(containsHandle);
}

/** Reads an own property; an inherited one (`constructor`, `toString`) counts as absent. */
export function ownValue(value: JsonObject, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Appends a segment to a JSON pointer (RFC 6901). */
export function pointerTo(parent: string, segment: string | number): string {
  return `${parent}/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The segments of a JSON pointer (RFC 6901). */
export function pointerSegments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** An object with declared fields. A file is a leaf, although its reference is an object. */
export function isContainer(schema: FieldSchema): schema is FieldSchema & Required<Pick<FieldSchema, 'properties'>> {
  return isObject(schema.properties) && schema['x-file'] === undefined;
}

/** An array whose rows have a schema of their own. */
export function isList(schema: FieldSchema): schema is FieldSchema & Required<Pick<FieldSchema, 'items'>> {
  return schema.type === 'array' && isObject(schema.items);
}

/** Nothing was filled in: absent, null, or text of nothing but spaces. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Levels of objects and lists that submitted data may have. */
export const MAX_DATA_DEPTH = 50;

/** True where data nests deeper than any form does; looked at before anything walks it. */
export function nestsTooDeep(value: unknown, levelsLeft = MAX_DATA_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levelsLeft === 0) return true;
  return Object.values(value).some((member) => nestsTooDeep(member, levelsLeft - 1));
}
