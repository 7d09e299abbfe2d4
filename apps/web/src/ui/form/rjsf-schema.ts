import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import type { FormUi, JsonSchema } from '../../lib/api-types.js';
import { columnsOf } from '../../lib/read-rows.js';

export type Rendered = { schema: RJSFSchema; uiSchema: UiSchema };
/** `isFixed`: nothing of the form can be changed. */
type Options = { ui: FormUi; isEnglish: boolean; isFixed?: boolean };

const NATIVE_KEYWORDS = ['type', 'format', 'minimum', 'maximum', 'minItems', 'maxItems', 'uniqueItems', 'maxLength'];

/** Turns an effective schema of ours into what RJSF draws: plain keywords here, widgets and labels in the uiSchema. */
export function toRjsf(schema: JsonSchema, options: Options): Rendered {
  return renderObject(schema, [], options);
}

function renderObject(schema: JsonSchema, path: string[], options: Options): Rendered {
  const properties: Record<string, RJSFSchema> = {};
  const uiSchema: UiSchema = {};
  for (const [name, field] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    const rendered = renderField(field, [...path, name], options);
    properties[name] = rendered.schema;
    uiSchema[name] = rendered.uiSchema;
  }
  const required = (schema.required ?? []) as string[];
  return { schema: { type: 'object', ...titleOf(schema, options), properties, required }, uiSchema };
}

function renderField(field: JsonSchema, path: string[], options: Options): Rendered {
  const name = path.join('.');
  const { widgets, help, readonly } = options.ui;
  if ((options.isFixed || readonly?.includes(name)) && isListOfRows(field)) return readRows(field, options);
  const rendered = renderShape(field, path, options);
  const widget = widgets?.[name] ?? defaultWidget(field);
  const uiSchema: UiSchema = { ...rendered.uiSchema };
  if (widget && !uiSchema['ui:field']) uiSchema['ui:widget'] = widget;
  if (field['x-suggests']) uiSchema['ui:options'] = { ...uiSchema['ui:options'], suggests: field['x-suggests'] };
  if (field['x-warns']) uiSchema['ui:options'] = { ...uiSchema['ui:options'], warns: field['x-warns'] };
  if (help?.[name]) uiSchema['ui:help'] = help[name];
  if (readonly?.includes(name) || field.readOnly) uiSchema['ui:readonly'] = true;
  return { schema: rendered.schema, uiSchema };
}

function renderShape(field: JsonSchema, path: string[], options: Options): Rendered {
  const items = field.items as JsonSchema | undefined;
  if (field['x-sealed']) return { schema: { ...titleOf(field, options), type: 'object' }, uiSchema: {} };
  if (field['x-file']) return fileShape(field, field['x-file'], false, options);
  if (items?.['x-file']) return fileShape(field, items['x-file'], true, options);
  if (field.type === 'object') return renderObject(field, path, options);
  if (field.type === 'array' && items) return renderList(field, items, path, options);
  const choices = choicesOf(field);
  const schema = { ...titleOf(field, options), ...nativeKeywords(field) } as RJSFSchema;
  if (!choices)
    return { schema: isYesNo(field, path, options) ? { ...schema, oneOf: yesNo(options) } : schema, uiSchema: {} };
  return {
    schema: { ...schema, enum: choices.map((choice) => choice.const) as RJSFSchema['enum'] },
    uiSchema: { 'ui:enumNames': choices.map((choice) => choice.title ?? String(choice.const)) },
  };
}

function isListOfRows({ type, items }: JsonSchema): boolean {
  const row = items as JsonSchema | undefined;
  return type === 'array' && row?.type === 'object' && row.properties !== undefined && !row['x-file'];
}

/** What cannot be changed is read in one look, not in fields that are gray. */
function readRows(field: JsonSchema, options: Options): Rendered {
  const columns = columnsOf(field.items as JsonSchema, options.isEnglish);
  return {
    schema: { ...titleOf(field, options), type: 'array', items: { type: 'object' } },
    uiSchema: { 'ui:field': 'rows', 'ui:readonly': true, 'ui:options': { columns } },
  };
}

/** A boolean that lies open as two choices; without their names it would be drawn as Yes and No in any language. */
function isYesNo(field: JsonSchema, path: string[], { ui }: Options): boolean {
  return field.type === 'boolean' && ui.widgets?.[path.join('.')] === 'radio';
}

const yesNo = ({ isEnglish }: Options): NonNullable<RJSFSchema['oneOf']> => [
  { const: true, title: isEnglish ? 'Yes' : '是' },
  { const: false, title: isEnglish ? 'No' : '否' },
];

function renderList(field: JsonSchema, items: JsonSchema, path: string[], options: Options): Rendered {
  const row = renderField(items, path, {
    ...options,
    ui: { ...options.ui, help: {}, readonly: [], widgets: nested(options, path) },
  });
  const base = { ...titleOf(field, options), ...nativeKeywords(field), type: 'array' } as RJSFSchema;
  if (choicesOf(items))
    return {
      schema: { ...base, uniqueItems: true, items: row.schema },
      uiSchema: { 'ui:widget': 'checkboxes', 'ui:enumNames': row.uiSchema['ui:enumNames'] },
    };
  return { schema: { ...base, items: row.schema }, uiSchema: { items: row.uiSchema } };
}

/** Widgets of the fields inside a row; the widget named for the list itself is not the widget of its rows. */
function nested(options: Options, path: string[]): Record<string, string> {
  const { [path.join('.')]: _own, ...rest } = options.ui.widgets ?? {};
  return rest;
}

function fileShape(field: JsonSchema, rule: unknown, isList: boolean, options: Options): Rendered {
  return {
    schema: {
      ...titleOf(field, options),
      ...(isList ? { type: 'array', items: { type: 'object' } } : { type: 'object' }),
    },
    uiSchema: {
      'ui:field': 'files',
      'ui:options': { rule: rule as object, isList, maxItems: Number(field.maxItems ?? 1) },
    },
  };
}

type Choice = { const?: unknown; title?: string };

function choicesOf(field: JsonSchema): Choice[] | undefined {
  if (Array.isArray(field.oneOf)) return field.oneOf as Choice[];
  return Array.isArray(field.enum) ? field.enum.map((value) => ({ const: value, title: String(value) })) : undefined;
}

function defaultWidget(field: JsonSchema): string | undefined {
  const choices = choicesOf(field);
  if (choices) return choices.length <= 4 ? 'radio' : 'select';
  if (field.type === 'boolean') return 'checkbox';
  if (field.format === 'date-time') return 'date-time';
  if (field.format === 'date') return 'date';
  return field.type === 'string' && Number(field.maxLength ?? 0) > 200 ? 'textarea' : undefined;
}

function titleOf(field: JsonSchema, options: Options): { title?: string; description?: string } {
  const english = options.isEnglish ? field.titleEn : undefined;
  const title = (english ?? field.title) as string | undefined;
  const description = field.description as string | undefined;
  return { ...(title ? { title } : {}), ...(description ? { description } : {}) };
}

function nativeKeywords(field: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(field).filter(([keyword]) => NATIVE_KEYWORDS.includes(keyword)));
}
