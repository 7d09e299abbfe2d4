import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { isHandle, isObject, ownValue, pointerSegments, pointerTo } from './json.js';
import { linearRegExp } from './linear-regexp.js';
import { messageOf } from './messages.js';
import { outOfBounds } from './time-bounds.js';
import type { FieldError, FieldSchema, FormLanguage } from './types.js';
import { validationSchema } from './validation-schema.js';

/** Formats that a field may name; each is checked in linear time. */
export const FORMATS = ['date', 'time', 'date-time', 'duration', 'email', 'uri', 'uuid'] as const;

/** Compiled validators that are kept; past it all are made anew. */
const COMPILED_LIMIT = 300;
const MAX_ERRORS = 200;

export interface FormValidator {
  /** Checks data against an effective schema. All faults at once, one sentence each; empty when the data is good. */
  validate(schema: FieldSchema, data: unknown): FieldError[];
}

/** Makes a validator that speaks the given language. Compiled schemas are shared between validators. */
export function createFormValidator({ language }: { language: FormLanguage }): FormValidator {
  return {
    validate(schema, data) {
      const check = compiledFor(schema);
      check(data);
      const errors = (check.errors ?? []).filter(isOwnFault).slice(0, MAX_ERRORS);
      const faults = errors.map((error) => fieldError(error, schema, language));
      const beyond = outOfBounds(schema, data, language);
      return withoutRepeats([...faults, ...beyond, ...wrongHandles(schema, data, language)]);
    },
  };
}

let ajv = newAjv();
let byIdentity = new WeakMap<FieldSchema, ValidateFunction>();
const byText = new Map<string, ValidateFunction>();

function newAjv(): Ajv2020 {
  const engine = (pattern: string): { test(text: string): boolean } => linearRegExp(pattern);
  const made = new Ajv2020({
    allErrors: true,
    strict: false,
    allowUnionTypes: true,
    validateSchema: false,
    code: { regExp: Object.assign(engine, { code: 'linearRegExp' }) },
  });
  addFormats.default(made, { formats: [...FORMATS], keywords: true });
  return made;
}

function compiledFor(schema: FieldSchema): ValidateFunction {
  const known = byIdentity.get(schema);
  if (known) return known;
  const bare = validationSchema(schema);
  const text = JSON.stringify(bare);
  const check = byText.get(text) ?? compile(bare, text);
  byIdentity.set(schema, check);
  return check;
}

/** Ajv keeps all it ever compiled, so the bound is kept by starting a new one. */
function compile(bare: FieldSchema, text: string): ValidateFunction {
  if (byText.size >= COMPILED_LIMIT) {
    ajv = newAjv();
    byText.clear();
    byIdentity = new WeakMap();
  }
  const check = ajv.compile(bare);
  byText.set(text, check);
  return check;
}

/** Faults inside the branches of a composition are told once, by the composition. */
function isOwnFault(error: ErrorObject): boolean {
  return error.keyword !== 'if' && !/\/(anyOf|oneOf|not)\//.test(error.schemaPath);
}

function fieldError(error: ErrorObject, schema: FieldSchema, language: FormLanguage): FieldError {
  const child = error.params['missingProperty'] ?? error.params['additionalProperty'];
  const path = typeof child === 'string' ? pointerTo(error.instancePath, child) : error.instancePath;
  return { path, keyword: error.keyword, message: messageOf(error, namedAt(schema, path), path, language) };
}

/** An entry of a list without a title of its own has the title of the list. */
function namedAt(schema: FieldSchema, path: string): FieldSchema {
  const own = schemaAt(schema, path);
  const list = /^(.+)\/\d+$/.exec(path)?.[1];
  if (own.title !== undefined || list === undefined) return own;
  const { title, titleEn } = schemaAt(schema, list);
  return { ...(title !== undefined && { title }), ...(titleEn !== undefined && { titleEn }), ...own };
}

/** The part of an effective schema that describes the place, or an empty one. */
export function schemaAt(schema: FieldSchema, pointer: string): FieldSchema {
  return pointerSegments(pointer).reduce<FieldSchema>(childSchema, schema);
}

function childSchema(schema: FieldSchema, segment: string): FieldSchema {
  if (schema.type === 'array') return schema['x-rows']?.[Number(segment)] ?? schema.items ?? {};
  return schema.properties && Object.hasOwn(schema.properties, segment) ? (schema.properties[segment] ?? {}) : {};
}

/** A sealed leaf accepts its own handle alone; this stays out of the compiled schema, which is then the same for all cases. */
function wrongHandles(schema: FieldSchema, data: unknown, language: FormLanguage, path = ''): FieldError[] {
  if (schema['x-sealed']) {
    const expected = isHandle(schema.const) ? schema.const.$sealed : undefined;
    const isExact = data === undefined || (isHandle(data) && data.$sealed === expected);
    return isExact ? [] : [handleError(schema, path, language)];
  }
  if (Array.isArray(data)) {
    return data.flatMap((row: unknown, index) =>
      wrongHandles(childSchema({ type: 'array', ...schema }, String(index)), row, language, pointerTo(path, index)),
    );
  }
  if (!isObject(data) || !schema.properties) return [];
  return Object.entries(schema.properties).flatMap(([name, child]) =>
    wrongHandles(child, ownValue(data, name), language, pointerTo(path, name)),
  );
}

/** The fault of a handle that does not belong to this place. */
export function handleError(schema: FieldSchema, path: string, language: FormLanguage): FieldError {
  const title = schema.title ?? pointerSegments(path).at(-1) ?? '';
  const message =
    language === 'en'
      ? `The stored value of ${title} cannot be used here; please fill it in again.`
      : `${title}的已存内容不能用在这里，请重新填写`;
  return { path, keyword: 'x-sealed', message };
}

function withoutRepeats(errors: readonly FieldError[]): FieldError[] {
  const seen = new Map(errors.map((error) => [`${error.path} ${error.message}`, error]));
  return [...seen.values()];
}
