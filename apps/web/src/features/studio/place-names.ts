import { fieldOfPlace, findField, type Json } from './form/form-fields.js';

/** What a place in a JSON file is called: rows by their names, the part at its end by its word. */
export type PlaceName = { rows: readonly string[]; part: string };

/** Names of what a JSON pointer leads through; undefined where the file has no such place. */
export function namesAt(file: unknown, pointer: string): PlaceName | undefined {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const rows: string[] = [];
  let part = '';
  let value = file;
  for (const key of parts) {
    if (typeof value !== 'object' || value === null) break;
    const isList = Array.isArray(value);
    value = (value as Record<string, unknown>)[key];
    const name = nameOf(value);
    if (name !== undefined) rows.push(name);
    else if (isList && typeof value === 'object') rows.push(String(Number(key) + 1));
    if (name !== undefined) part = '';
    else if (!isList) part = key;
  }
  return rows.length === 0 && part === '' ? undefined : { rows, part };
}

/** The field of a form that a place speaks of, with what holds it; the keyword at its end as its part. */
export function fieldNames(form: unknown, pointer: string): PlaceName | undefined {
  const field = fieldOfPlace(form, pointer);
  if (field === null) return undefined;
  const parts = field.split('.');
  const rows = parts.map((own, index) => {
    const title = findField(form as Json, parts.slice(0, index + 1).join('.'))?.schema.title;
    return typeof title === 'string' && title !== '' ? title : own;
  });
  const last = pointer.split('/').at(-1) ?? '';
  const isKeyword = pointer.startsWith('/schema/') && last !== parts.at(-1) && !/^\d+$/.test(last);
  return { rows, part: isKeyword ? last : '' };
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, title, label, id } = value as Record<string, unknown>;
  const given = [name, title, label, id].find((one) => typeof one === 'string' && one !== '');
  return typeof given === 'string' ? given : undefined;
}

/** A sentence without the pointer that it begins with: the place is told by its name. */
export const withoutPointer = (sentence: string): string => sentence.replace(/^(Expected )?\/\S+?(：| )/, '$1');
