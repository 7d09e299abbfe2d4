import { effectiveSchema } from './effective-schema.js';
import type { EffectiveForm } from './effective-schema.js';
import {
  containsHandle,
  isContainer,
  isEmpty,
  isHandle,
  isList,
  isObject,
  nestsTooDeep,
  ownValue,
  pointerTo,
} from './json.js';
import type { JsonObject } from './json.js';
import { messageOf } from './messages.js';
import { evaluateKeyword } from './conditions.js';
import { unstorableTexts } from './storable-text.js';
import type { FieldError, FieldSchema, FormContext, FormFile } from './types.js';
import { createFormValidator, handleError } from './validator.js';

/** Rows that a list may have where the form names no `maxItems`. */
export const MAX_ROWS = 1_000;

const validators = { zh: createFormValidator({ language: 'zh' }), en: createFormValidator({ language: 'en' }) };

export type Submission =
  | {
      readonly ok: true;
      /** What is saved: hidden and undeclared fields are gone, computed ones filled in. */
      readonly data: JsonObject;
      /** Top-level fields of the form that are empty now and hold a process variable: to be set to null. */
      readonly cleared: readonly string[];
      /** JSON pointers of hidden fields that were sent and dropped. */
      readonly removed: readonly string[];
    }
  | { readonly ok: false; readonly fields: readonly FieldError[] };

/**
 * Takes what a client sent for a form: drops what is hidden, undeclared or read-only, computes, validates. A handle is
 * accepted only where the process variables hold it. Never throws on any JSON.
 */
export function submitForm(form: FormFile, data: unknown, context: FormContext): Submission {
  const language = context.language ?? 'zh';
  if (nestsTooDeep(data)) return { ok: false, fields: [tooDeep(language)] };
  const tooLong = longLists(form.schema, data, language);
  if (tooLong.length > 0) return { ok: false, fields: tooLong };

  const filledIn = withReadOnly(form, withoutEmpty(form.schema, data), context);
  const effective = effectiveSchema(form, filledIn, context);
  const faults = validators[language].validate(effective.schema, effective.data);
  const foreign = foreignHandles(effective, context);
  const unstorable = unstorableTexts(effective.schema, withoutShown(form, effective.data), language);
  const fields = [...effective.failures, ...foreign, ...unstorable, ...faults];
  if (fields.length > 0) return { ok: false, fields };
  const cleared = Object.keys(form.schema.properties ?? {}).filter(
    (name) => !Object.hasOwn(effective.data, name) && !isEmpty(ownValue({ ...context.variables }, name)),
  );
  return { ok: true, data: effective.data, cleared, removed: effective.removed };
}

function tooDeep(language: 'zh' | 'en'): FieldError {
  const message = language === 'en' ? 'The content nests too deep.' : '提交的内容嵌套过深';
  return { path: '', keyword: 'x-depth', message };
}

/** Refused before any condition runs, so that a huge list costs nothing. */
function longLists(schema: FieldSchema, data: unknown, language: 'zh' | 'en', path = ''): FieldError[] {
  if (isList(schema) && Array.isArray(data)) {
    const limit = Math.min(schema.maxItems ?? MAX_ROWS, MAX_ROWS);
    if (data.length <= limit) {
      return data.flatMap((row: unknown, index) => longLists(schema.items, row, language, pointerTo(path, index)));
    }
    const error = { keyword: 'maxItems', instancePath: path, schemaPath: '', params: { limit } };
    return [{ path, keyword: 'maxItems', message: messageOf(error, schema, path, language) }];
  }
  if (!isContainer(schema) || !isObject(data)) return [];
  return Object.entries(schema.properties).flatMap(([name, child]) =>
    longLists(child, ownValue(data, name), language, pointerTo(path, name)),
  );
}

/** Empty text and null count as not filled in, rows keep their place; an untouched checkbox is what its default says. */
function withoutEmpty(schema: FieldSchema, data: unknown): unknown {
  if (isHandle(data)) return data;
  if (isList(schema) && Array.isArray(data)) return data.map((row: unknown) => withoutEmpty(schema.items, row));
  if (!isContainer(schema) || !isObject(data)) return data;
  const entries = Object.entries(schema.properties).map(([name, child]) => {
    const value = ownValue(data, name);
    const filled = isEmpty(value) ? checkboxDefault(child) : withoutEmpty(child, value);
    const isUntouchedGroup = isObject(filled) && isContainer(child) && Object.keys(filled).length === 0;
    return [name, isUntouchedGroup && !schema.required?.includes(name) ? undefined : filled] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function checkboxDefault(schema: FieldSchema): unknown {
  return schema.type === 'boolean' && typeof schema.default === 'boolean' ? schema.default : undefined;
}

/** What the form only shows is taken from the process, whatever was sent. */
function withReadOnly(form: FormFile, data: unknown, context: FormContext): JsonObject {
  const sent = isObject(data) ? data : {};
  const properties = form.schema.properties ?? {};
  const shown = shownOnly(form).map((name) => [name, shownValue(name, properties[name] ?? {}, context)] as const);
  return { ...withoutShown(form, sent), ...Object.fromEntries(shown.filter(([, value]) => !isEmpty(value))) };
}

/** What whoever sends the form answers for. */
function withoutShown(form: FormFile, data: JsonObject): JsonObject {
  const names = shownOnly(form);
  return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
}

function shownOnly(form: FormFile): string[] {
  const properties = form.schema.properties ?? {};
  return Object.keys(properties).filter(
    (name) => properties[name]?.readOnly === true || form.ui?.readonly?.includes(name),
  );
}

function shownValue(name: string, schema: FieldSchema, context: FormContext): unknown {
  const rule = schema['x-default'];
  const fromRule = rule === undefined ? undefined : evaluateKeyword(rule, [], context).value;
  return fromRule ?? ownValue({ ...context.variables }, name) ?? schema.default;
}

/** A handle names a stored value of this case; one that the process does not hold could open somebody else's. */
function foreignHandles(effective: EffectiveForm, context: FormContext): FieldError[] {
  if (!containsHandle(effective.data)) return [];
  const known = new Set<string>();
  collectHandles(context.variables, known);
  return handlesIn(effective.schema, effective.data, '').flatMap(({ schema, path, key }) =>
    known.has(key) ? [] : [handleError(schema, path, context.language ?? 'zh')],
  );
}

function collectHandles(value: unknown, known: Set<string>): void {
  if (isHandle(value)) known.add(value.$sealed);
  else if (Array.isArray(value)) value.forEach((row) => collectHandles(row, known));
  else if (isObject(value)) Object.values(value).forEach((member) => collectHandles(member, known));
}

interface HandlePlace {
  readonly schema: FieldSchema;
  readonly path: string;
  readonly key: string;
}

function handlesIn(schema: FieldSchema, data: unknown, path: string): HandlePlace[] {
  if (isHandle(data)) return [{ schema, path, key: data.$sealed }];
  if (Array.isArray(data)) {
    return data.flatMap((row: unknown, index) =>
      handlesIn(schema['x-rows']?.[index] ?? schema.items ?? {}, row, pointerTo(path, index)),
    );
  }
  if (!isObject(data)) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    handlesIn(schema.properties?.[name] ?? {}, value, pointerTo(path, name)),
  );
}
