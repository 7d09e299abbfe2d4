import type { Problem } from '#bpmn';
import { compileKeyword, isExpression } from './conditions.js';
import { topLevel } from './effective-ui.js';
import { problem } from './form-problem.js';
import { isObject, pointerTo } from './json.js';
import type { FieldSchema, FormFile } from './types.js';

const UI_KEYS = new Set(['pages', 'widgets', 'help', 'placeholders', 'submit', 'readonly', 'description', 'layout']);
const PAGE_KEYS = new Set(['title', 'titleEn', 'description', 'fields', 'more', 'fold']);

/** Checks that the `ui` part names fields that exist and shows every field that must be filled. */
export function checkUi(form: FormFile): Problem[] {
  const ui: unknown = form.ui;
  if (!isObject(ui)) return [problem('form.uiInvalid', '/ui', 'Expected "ui" to be an object.', '“ui”应是一个对象。')];
  const named = [
    ...fieldLists(ui),
    ...['widgets', 'help', 'placeholders'].flatMap((key) => keysOf(ui[key], `/ui/${key}`)),
  ];
  const missing = named.filter(({ field }) => !exists(form.schema, field));
  return [
    ...unknownKeys(ui, UI_KEYS, '/ui'),
    ...pagesOf(ui).flatMap((page, index) => unknownKeys(page, PAGE_KEYS, `/ui/pages/${index}`)),
    ...missing.map(({ field, place }) =>
      problem(
        'form.unknownField',
        place,
        `The field "${field}" does not exist in the schema.`,
        `字段“${field}”在 schema 中不存在。`,
      ),
    ),
    ...pagesOf(ui).flatMap((page, index) => wrongFolds(page, `/ui/pages/${index}`)),
    ...neverShown(form, ui),
  ];
}

/** Only what stands among the fields can be folded away, and only FEEL can say when. */
function wrongFolds(page: Record<string, unknown>, place: string): Problem[] {
  const { fold, fields } = page;
  if (fold === undefined) return [];
  const isGood = (name: string, rule: unknown): boolean =>
    Array.isArray(fields) && fields.includes(name) && isExpression(rule) && compileKeyword(rule).ok;
  if (isObject(fold) && Object.entries(fold).every(([name, rule]) => isGood(name, rule))) return [];
  const en = 'Expected "fold" to hold FEEL that begins with "=" by names of "fields".';
  return [
    problem('form.foldInvalid', `${place}/fold`, en, '“fold”应是“fields”里的字段名对应以“=”开头的 FEEL 表达式。'),
  ];
}

interface Named {
  readonly field: string;
  readonly place: string;
}

function fieldLists(ui: Record<string, unknown>): Named[] {
  const pages = pagesOf(ui).flatMap((page, index) => [
    ...namesOf(page['fields'], `/ui/pages/${index}/fields`),
    ...namesOf(page['more'], `/ui/pages/${index}/more`),
  ]);
  return [...pages, ...namesOf(ui['readonly'], '/ui/readonly')];
}

function pagesOf(ui: Record<string, unknown>): Record<string, unknown>[] {
  return Array.isArray(ui['pages']) ? ui['pages'].filter(isObject) : [];
}

function namesOf(list: unknown, place: string): Named[] {
  const names = Array.isArray(list) ? list : [];
  return names.map((name: unknown, index) => ({ field: String(name), place: pointerTo(place, index) }));
}

function keysOf(value: unknown, place: string): Named[] {
  return isObject(value) ? Object.keys(value).map((field) => ({ field, place: pointerTo(place, field) })) : [];
}

function unknownKeys(value: Record<string, unknown>, known: ReadonlySet<string>, place: string): Problem[] {
  const unknown = Object.keys(value).filter((key) => !known.has(key));
  return unknown.map((key) =>
    problem('form.unknownKey', pointerTo(place, key), `"${key}" is no part of "ui".`, `“ui”里没有“${key}”这一项。`),
  );
}

/** A dotted path goes through rows: `demands.text`. */
function exists(schema: FieldSchema, field: string): boolean {
  return field.split('.').reduce<FieldSchema | undefined>(fieldOf, schema) !== undefined;
}

function fieldOf(schema: FieldSchema | undefined, name: string): FieldSchema | undefined {
  const holder = schema?.type === 'array' ? schema.items : schema;
  const properties: unknown = holder?.properties;
  return isObject(properties) && Object.hasOwn(properties, name) ? (properties[name] as FieldSchema) : undefined;
}

function neverShown(form: FormFile, ui: Record<string, unknown>): Problem[] {
  if (!Array.isArray(ui['pages'])) return [];
  const shown = new Set(fieldLists({ pages: ui['pages'] }).map(({ field }) => topLevel(field)));
  const required = Array.isArray(form.schema.required) ? form.schema.required : [];
  return Object.entries(form.schema.properties ?? {}).flatMap(([name, schema]) => {
    const isAsked = schema?.['x-value'] === undefined && schema?.default === undefined;
    if (shown.has(name) || !isAsked) return [];
    const place = pointerTo('/schema/properties', name);
    return required.includes(name)
      ? [
          problem(
            'form.requiredNotShown',
            place,
            `"${name}" is required but stands on no page.`,
            `“${name}”必填，但没有放在任何一页上。`,
          ),
        ]
      : [problem('form.notShown', place, `"${name}" stands on no page.`, `“${name}”没有放在任何一页上。`, 'warning')];
  });
}
