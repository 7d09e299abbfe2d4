import type { FieldKind } from './add-field.js';

export type Json = Record<string, unknown>;
export type LineKind = FieldKind | 'dateTime' | 'texts' | 'rows' | 'other' | 'missing';

/** One field in the list of a form. */
export type FieldLine = {
  /** As `ui` names it: `demands.text` is a field of the rows of `demands`. */
  name: string;
  title: string;
  kind: LineKind;
  isRequired: boolean;
  isRequiredSometimes: boolean;
  /** Its own class, or the one of what holds it. */
  className: string | undefined;
  /** Rows around it. */
  depth: number;
  schema: Json;
};

/** What a page shows, what it folds away, or what stands on no page. */
export type Section = {
  id: string;
  page: number;
  part: 'fields' | 'more' | 'unplaced';
  title: string;
  lines: FieldLine[];
};

/** The fields of a form in the order it shows them; null where they cannot be told. */
export function readSections(value: unknown): Section[] | null {
  if (!isForm(value)) return null;
  const pages = pagesOf(value);
  const properties = propertiesOf(value.schema as Json)!;
  if (!pages)
    return [{ id: 'all', page: 0, part: 'fields', title: '', lines: linesOf(value, Object.keys(properties)) }];
  const shown = pages.flatMap((page, index) => pageSections(value, page, index));
  const named = new Set(pages.flatMap((page) => [...names(page.fields), ...names(page.more)]).map(topLevel));
  const rest = Object.keys(properties).filter((name) => !named.has(name));
  if (rest.length === 0) return shown;
  return [...shown, { id: 'unplaced', page: -1, part: 'unplaced', title: '', lines: linesOf(value, rest) }];
}

function pageSections(form: Json, page: Json, index: number): Section[] {
  const title = typeof page.title === 'string' ? page.title : '';
  const fields = linesOf(form, names(page.fields));
  const more = linesOf(form, names(page.more));
  return [
    { id: `${index}.fields`, page: index, part: 'fields', title, lines: fields },
    ...(more.length > 0 ? [{ id: `${index}.more`, page: index, part: 'more' as const, title, lines: more }] : []),
  ];
}

function linesOf(form: Json, fields: readonly string[]): FieldLine[] {
  return fields.flatMap((name) => lineAndRows(form, name));
}

function lineAndRows(form: Json, name: string): FieldLine[] {
  const found = findField(form, name);
  if (!found) return [missing(name)];
  const below = Object.keys(propertiesOf(found.schema) ?? {});
  return [lineOf(form, name, found), ...below.flatMap((child) => lineAndRows(form, `${name}.${child}`))];
}

function lineOf(form: Json, name: string, { schema, holder, className }: Found): FieldLine {
  const own = name.split('.').at(-1) ?? name;
  return {
    name,
    title: typeof schema.title === 'string' && schema.title !== '' ? schema.title : name,
    kind: kindOf(schema, asObject(asObject(form.ui).widgets)[name]),
    isRequired: names(holder.required).includes(own),
    isRequiredSometimes: schema['x-required'] !== undefined && schema['x-required'] !== false,
    className,
    depth: name.split('.').length - 1,
    schema,
  };
}

const missing = (name: string): FieldLine => ({
  name,
  title: name,
  kind: 'missing',
  isRequired: false,
  isRequiredSometimes: false,
  className: undefined,
  depth: 0,
  schema: {},
});

/** What a field asks for, in the words of the menu 「添加字段」. */
export function kindOf(schema: Json, widget: unknown): LineKind {
  const items = asObject(schema.items);
  switch (schema.type) {
    case 'boolean':
      return 'yesNo';
    case 'integer':
    case 'number':
      return hasChoices(schema) ? 'choice' : 'number';
    case 'string':
      return textKind(schema, widget);
    case 'array':
      if (items['x-file']) return 'files';
      if (items.type === 'object') return 'group';
      return hasChoices(items) ? 'choices' : 'texts';
    case 'object':
      return schema['x-file'] ? 'files' : 'rows';
    default:
      return 'other';
  }
}

function textKind(schema: Json, widget: unknown): LineKind {
  if (hasChoices(schema)) return 'choice';
  if (schema.format === 'date') return 'date';
  if (schema.format === 'date-time') return 'dateTime';
  return widget === 'textarea' ? 'longText' : 'text';
}

const hasChoices = (schema: Json): boolean =>
  ['x-dictionary', 'x-source', 'oneOf', 'enum'].some((keyword) => schema[keyword] !== undefined);

export type Found = { path: string[]; schema: Json; holderPath: string[]; holder: Json; className: string | undefined };

/** Where a field stands in the file; rows of a list are passed through. */
export function findField(form: Json, name: string): Found | null {
  const start = { path: ['schema'], schema: asObject(form.schema), className: undefined };
  return name
    .split('.')
    .reduce<Found | null>((holder, own) => holder && step(holder, own), { ...start, holderPath: [], holder: form });
}

function step({ path, schema, className }: Found, own: string): Found | null {
  const isList = schema.type === 'array';
  const holder = isList ? asObject(schema.items) : schema;
  const holderPath = isList ? [...path, 'items'] : path;
  const properties = propertiesOf(schema);
  if (!properties || !Object.hasOwn(properties, own)) return null;
  const child = asObject(properties[own]);
  const inherited = textOr(holder['x-class'], textOr(schema['x-class'], className));
  return {
    path: [...holderPath, 'properties', own],
    schema: child,
    holderPath,
    holder,
    className: textOr(child['x-class'], inherited),
  };
}

/** The field of which a fault speaks, by the JSON pointer of its place. */
export function fieldOfPlace(form: unknown, place: string): string | null {
  if (!isForm(form)) return null;
  const parts = place
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const name = parts[0] === 'schema' ? namesOnPath(parts) : namedInUi(form, parts);
  return name !== null && name !== '' && (findField(form, name) ?? isListed(form, name)) ? name : null;
}

function namesOnPath(parts: readonly string[]): string {
  const found: string[] = [];
  for (let at = 1; at < parts.length; at += 1) {
    if (parts[at] === 'items') continue;
    if (parts[at] !== 'properties' || parts[at + 1] === undefined) break;
    found.push(parts[(at += 1)]!);
  }
  return found.join('.');
}

function namedInUi(form: Json, [root, part, ...rest]: readonly string[]): string | null {
  if (root !== 'ui') return null;
  if (part === 'widgets' || part === 'help' || part === 'placeholders') return rest[0] ?? null;
  const ui = asObject(form.ui);
  if (part === 'readonly') return names(ui.readonly)[Number(rest[0])] ?? null;
  const page = pagesOf(form)?.[Number(rest[0])];
  return page && rest[1] ? (names(page[rest[1]])[Number(rest[2])] ?? null) : null;
}

function isListed(form: Json, name: string): boolean {
  return (pagesOf(form) ?? []).some((page) => [...names(page.fields), ...names(page.more)].includes(name));
}

function isForm(value: unknown): value is Json {
  if (!isObject(value) || !isObject(value.schema) || value.schema.type !== 'object') return false;
  const properties = value.schema.properties;
  if (!isObject(properties) || !Object.values(properties).every(isObject)) return false;
  if (value.ui !== undefined && !isObject(value.ui)) return false;
  const pages = asObject(value.ui).pages;
  return pages === undefined || (Array.isArray(pages) && pages.every(isPage));
}

const isPage = (page: unknown): boolean =>
  isObject(page) && isNames(page.fields) && (page.more === undefined || isNames(page.more));
const isNames = (list: unknown): boolean => Array.isArray(list) && list.every((name) => typeof name === 'string');

/** Pages of a form that has some; without, it shows its fields in the order of the file. */
export function pagesOf(form: Json): Json[] | null {
  const pages = asObject(form.ui).pages;
  return Array.isArray(pages) && pages.length > 0 ? (pages as Json[]) : null;
}

/** The fields of an object, or of the rows of a list. */
export function propertiesOf(schema: Json): Json | null {
  const holder = schema.type === 'array' ? asObject(schema.items) : schema;
  return isObject(holder.properties) ? holder.properties : null;
}

export const names = (list: unknown): string[] => (Array.isArray(list) ? (list as string[]) : []);
export const topLevel = (name: string): string => name.split('.')[0] ?? name;
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const asObject = (value: unknown): Json => (isObject(value) ? value : {});
const textOr = (value: unknown, otherwise: string | undefined): string | undefined =>
  typeof value === 'string' ? value : otherwise;
