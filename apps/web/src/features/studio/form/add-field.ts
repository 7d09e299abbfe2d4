/** Kinds of fields that the menu 「添加字段」 offers. */
export const FIELD_KINDS = [
  'text',
  'longText',
  'number',
  'date',
  'yesNo',
  'choice',
  'choices',
  'files',
  'group',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

type Json = Record<string, unknown>;
export type FieldWords = { title: string; dictionary: string };

/** A form file with one more field: a valid property with its class, shown at the end of the last page. */
export function addField(form: Json, kind: FieldKind, { title, dictionary }: FieldWords): { form: Json; name: string } {
  const schema = asObject(form.schema);
  const properties = asObject(schema.properties);
  const ui = asObject(form.ui);
  const name = freeName(kind, properties);
  const next = {
    ...form,
    schema: {
      ...schema,
      type: 'object',
      properties: { ...properties, [name]: { ...template(kind, dictionary), title } },
    },
    ui: {
      ...ui,
      pages: withField(ui.pages, name, String(form.title ?? '')),
      ...widgets(kind, name, asObject(ui.widgets)),
    },
  };
  return { form: next, name };
}

function template(kind: FieldKind, dictionary: string): Json {
  const common = { title: '' };
  switch (kind) {
    case 'text':
      return { type: 'string', ...common, maxLength: 100, 'x-class': 'content' };
    case 'longText':
      return { type: 'string', ...common, maxLength: 2000, 'x-class': 'content' };
    case 'number':
      return { type: 'integer', ...common, minimum: 0, 'x-class': 'stat' };
    case 'date':
      return { type: 'string', ...common, format: 'date', 'x-class': 'stat' };
    case 'yesNo':
      return { type: 'boolean', ...common, default: false, 'x-class': 'stat' };
    case 'choice':
      return { type: 'string', ...common, 'x-class': 'stat', 'x-dictionary': dictionary };
    case 'choices':
      return {
        type: 'array',
        ...common,
        uniqueItems: true,
        'x-class': 'stat',
        items: { type: 'string', 'x-dictionary': dictionary },
      };
    case 'files':
      return { type: 'array', ...common, maxItems: 10, 'x-class': 'content', items: fileItem() };
    case 'group':
      return { type: 'array', ...common, maxItems: 20, items: groupItem() };
  }
}

function fileItem(): Json {
  return { type: 'object', 'x-file': { maxBytes: 10_485_760, types: ['image/png', 'image/jpeg', 'application/pdf'] } };
}

function groupItem(): Json {
  return {
    type: 'object',
    additionalProperties: false,
    properties: { text: { type: 'string', title: '内容', maxLength: 500, 'x-class': 'content' } },
  };
}

function widgets(kind: FieldKind, name: string, known: Json): Json {
  if (kind === 'longText') return { widgets: { ...known, [name]: 'textarea' } };
  if (kind === 'choice') return { widgets: { ...known, [name]: 'radio' } };
  return Object.keys(known).length > 0 ? { widgets: known } : {};
}

function withField(pages: unknown, name: string, formTitle: string): unknown[] {
  const known = Array.isArray(pages) ? (pages as Json[]) : [];
  const last = known.at(-1) ?? { title: formTitle, fields: [] };
  const fields = Array.isArray(last.fields) ? (last.fields as unknown[]) : [];
  return [...known.slice(0, -1), { ...last, fields: [...fields, name] }];
}

/** `text1`, `text2`, …: a name that is free; it is meant to be changed by hand. */
function freeName(kind: FieldKind, properties: Json): string {
  let number = 1;
  while (`${kind}${number}` in properties) number += 1;
  return `${kind}${number}`;
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
