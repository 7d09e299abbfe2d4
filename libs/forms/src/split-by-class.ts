import { isContainer, isEmpty, isHandle, isList, isObject, ownValue, pointerTo } from './json.js';
import type { JsonObject } from './json.js';
import type { FieldSchema, FormClasses, FormFile } from './types.js';

/** A value that must be stored encrypted, one row each. */
export interface SealedLeaf {
  /** JSON pointer in the data, such as `/demands/0/text`. */
  readonly path: string;
  /** The path without row numbers, such as `demands.text`: what policies and the access log name. */
  readonly field: string;
  readonly class: string;
  readonly value: unknown;
  /** Name of the keyed-hash predicate that the value enters, and the text that is hashed. */
  readonly match?: string;
  readonly matchValue?: string;
  /** Ids of units or accounts that are no candidates in this case. */
  readonly excludes?: readonly string[];
}

/** A leaf that was sent back as the handle it already was. */
export interface KeptLeaf {
  readonly path: string;
  readonly field: string;
  readonly class: string | undefined;
  readonly sealedKey: string;
}

export interface SplitForm {
  /** The data without any protected leaf. */
  readonly open: JsonObject;
  readonly sealed: readonly SealedLeaf[];
  readonly kept: readonly KeptLeaf[];
  /** Numbers of other cases that fields with `x-names-case` give, without space around them. */
  readonly named: readonly string[];
  /** The same of fields that say `related`. */
  readonly related: readonly string[];
  /** The same of fields that say `unrelated`. */
  readonly unrelated: readonly string[];
  /** The data as process variables: `{"$sealed": key}` in place of each protected leaf; `makeKey` is asked once a leaf. */
  withHandles(makeKey: (leaf: SealedLeaf) => string): JsonObject;
}

/**
 * Parts submitted data by the class of each leaf. Arrays and objects keep their shape; a class stands on the leaf or is
 * inherited from what holds it; an unknown class counts as protected. Undeclared fields are dropped.
 */
export function splitByClass(form: FormFile, data: unknown, classes: FormClasses): SplitForm {
  const sealed: SealedLeaf[] = [];
  const kept: KeptLeaf[] = [];
  const given = { named: new Set<string>(), related: new Set<string>(), unrelated: new Set<string>() };
  const openClasses = new Set(classes.filter((entry) => !entry.sealed).map((entry) => entry.id));
  const root: Place = { schema: form.schema, value: data, path: '', field: '', class: undefined, excludes: false };
  const visit: Visitor = (place) => {
    if (isHandle(place.value)) {
      const { path, field } = place;
      kept.push({ path, field, class: place.class, sealedKey: place.value.$sealed });
      return undefined;
    }
    const link = place.schema['x-names-case'];
    if (link && typeof place.value === 'string') given[link === true ? 'named' : link].add(place.value.trim());
    if (place.class === undefined || openClasses.has(place.class)) return place.value;
    sealed.push(sealedLeaf(place, place.class));
    return undefined;
  };
  const open = asObject(mapLeaves(root, visit));
  return {
    open,
    sealed,
    kept,
    named: [...given.named],
    related: [...given.related],
    unrelated: [...given.unrelated],
    withHandles: (makeKey) => putHandles(root, sealed, makeKey),
  };
}

/** Text that counts as the same value: NFKC, lower case, without spaces and dashes. */
export function normalizeMatch(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}]/gu, '');
}

interface Place {
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly path: string;
  readonly field: string;
  readonly class: string | undefined;
  readonly excludes: boolean;
}

type Visitor = (place: Place) => unknown;

function putHandles(root: Place, sealed: readonly SealedLeaf[], makeKey: (leaf: SealedLeaf) => string): JsonObject {
  const byPath = new Map(sealed.map((leaf) => [leaf.path, leaf]));
  const visit: Visitor = ({ path, value }) => {
    const leaf = byPath.get(path);
    return leaf ? { $sealed: makeKey(leaf) } : value;
  };
  return asObject(mapLeaves(root, visit));
}

/** Rebuilds the data with each leaf replaced; an object loses leaves that became undefined, an array keeps their place. */
function mapLeaves(parent: Place, visit: Visitor): unknown {
  const place = inherit(parent);
  const { schema, value } = place;
  if (value === undefined) return undefined;
  if (isHandle(value)) return visit(place);
  if (isList(schema) && Array.isArray(value)) {
    return value.map((row: unknown, index) => mapLeaves(child(place, schema.items, row, index), visit) ?? null);
  }
  if (!isContainer(schema) || !isObject(value)) return isEmpty(value) ? (value ?? undefined) : visit(place);
  const entries = Object.entries(schema.properties).map(
    ([name, field]) => [name, mapLeaves(child(place, field, ownValue(value, name), name), visit)] as const,
  );
  return Object.fromEntries(entries.filter(([, result]) => result !== undefined));
}

function inherit(place: Place): Place {
  const own = place.schema['x-class'];
  return { ...place, class: own ?? place.class, excludes: place.excludes || place.schema['x-excludes'] === true };
}

function child(place: Place, schema: FieldSchema, value: unknown, segment: string | number): Place {
  const field = typeof segment === 'number' ? place.field : place.field ? `${place.field}.${segment}` : segment;
  return { ...place, schema, value, path: pointerTo(place.path, segment), field };
}

function sealedLeaf(place: Place, className: string): SealedLeaf {
  const { path, field, value, schema } = place;
  const match = schema['x-match'];
  const isReference =
    typeof value === 'string' && place.excludes && (schema['x-source'] !== undefined || schema['x-excludes']);
  return {
    path,
    field,
    class: className,
    value,
    ...(match === undefined ? {} : { match, matchValue: normalizeMatch(value) }),
    ...(isReference ? { excludes: [value] } : {}),
  };
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
