import { asObject, findField, names, pagesOf, type Json } from './form-fields.js';
import { insertItem, setAt } from '../text/json-text.js';

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

export type FieldWords = { title: string; dictionary: string };

/**
 * The text of a form with one more field: a valid property with its class, shown after the field `after` or at the end
 * of the last page. After a field of rows it is one more field of these rows.
 */
export function addField(
  text: string,
  kind: FieldKind,
  { title, dictionary, after }: FieldWords & { after?: string },
): { text: string; name: string } {
  const form = JSON.parse(text) as Json;
  const found = after === undefined ? null : findField(form, after);
  const isInRows = found !== null && after !== undefined && after.includes('.');
  const holder = isInRows ? found.holder : asObject(form.schema);
  const own = freeName(kind, asObject(holder.properties));
  const name = isInRows ? [...after!.split('.').slice(0, -1), own].join('.') : own;
  const properties = [...(isInRows ? found.holderPath : ['schema']), 'properties'];
  const withField = setAt(text, [...properties, own], { ...template(kind, dictionary), title });
  const widget = widgetOf(kind);
  const drawn = widget ? setAt(withField, ['ui', 'widgets', name], widget) : withField;
  if (isInRows) return { text: drawn, name };
  return { text: shown(drawn, { form, name, after }), name };
}

type Showing = { form: Json; name: string; after: string | undefined };

/** Puts the field on a page; makes the first page of a form that has none. */
function shown(text: string, { form, name, after }: Showing): string {
  const pages = pagesOf(form);
  if (!pages) {
    const known = Object.keys(asObject(asObject(form.schema).properties));
    return setAt(text, ['ui', 'pages'], [{ title: textOf(form.title), fields: [...known, name] }]);
  }
  for (const [page, one] of pages.entries()) {
    for (const part of ['fields', 'more'] as const) {
      const index = names(one[part]).indexOf(after ?? '');
      if (index >= 0) return insertItem(text, ['ui', 'pages', page, part], index + 1, name);
    }
  }
  const last = pages.length - 1;
  return insertItem(text, ['ui', 'pages', last, 'fields'], names(pages[last]?.fields).length, name);
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

function widgetOf(kind: FieldKind): string | null {
  if (kind === 'longText') return 'textarea';
  return kind === 'choice' ? 'radio' : null;
}

/** `text1`, `text2`, …: a name that is free; it is meant to be changed by hand. */
function freeName(kind: FieldKind, properties: Json): string {
  let number = 1;
  while (`${kind}${number}` in properties) number += 1;
  return `${kind}${number}`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
