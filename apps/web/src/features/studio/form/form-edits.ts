import type { JSONPath } from 'jsonc-parser';
import {
  asObject,
  findField,
  names,
  pagesOf,
  readSections,
  type FieldLine,
  type Json,
  type Section,
} from './form-fields.js';
import { insertItem, removeAt, setAt, swapAt } from '../text/json-text.js';

/** Each takes the text of a form and gives it with one thing changed; the rest stays as it is written. */

const formOf = (text: string): Json => JSON.parse(text) as Json;

/** Sets a keyword of a field, such as `title` or `items/x-dictionary`; undefined takes it away. */
export function setKeyword(text: string, name: string, keyword: JSONPath, value: unknown): string {
  const found = findField(formOf(text), name);
  return found ? setAt(text, [...found.path, ...keyword], value) : text;
}

/** Sets what `ui` holds by the name of a field: its help, its widget. */
export function setUiEntry(text: string, part: 'help' | 'widgets', name: string, value: string | undefined): string {
  return setAt(text, ['ui', part, name], value);
}

export function setRequired(text: string, name: string, isRequired: boolean): string {
  const found = findField(formOf(text), name);
  if (!found) return text;
  const own = found.path.at(-1)!;
  const path = [...found.holderPath, 'required'];
  const known = names(found.holder.required);
  const at = known.indexOf(own);
  if (isRequired === at >= 0) return text;
  return isRequired ? insertItem(text, path, known.length, own) : removeAt(text, [...path, at]);
}

/** Folds a field away under 更多信息, or shows it again with the others of its page. */
export function setFolded(text: string, name: string, isFolded: boolean): string {
  const section = sectionOf(text, name);
  const isNow = section?.part === 'more';
  if (!section || section.part === 'unplaced' || section.id === 'all' || isNow === isFolded) return text;
  const target = isFolded ? 'more' : 'fields';
  const page = pagesOf(formOf(text))![section.page]!;
  const length = names(page[target]).length;
  return placed(unplaced(text, name), { page: section.page, part: target, index: isFolded ? 0 : length }, name);
}

/** Takes a field out of the schema, off the pages and out of everything that names it. */
export function removeField(text: string, name: string): string {
  const form = formOf(text);
  const found = findField(form, name);
  const withoutField = found ? removeAt(setRequired(text, name, false), found.path) : text;
  return withoutUi(unplaced(withoutField, name), name);
}

function withoutUi(text: string, name: string): string {
  const ui = asObject(formOf(text).ui);
  const isHere = (entry: string) => entry === name || entry.startsWith(`${name}.`);
  const entries = ['widgets', 'help', 'placeholders'].flatMap((part) =>
    Object.keys(asObject(ui[part]))
      .filter(isHere)
      .map((entry): JSONPath => ['ui', part, entry]),
  );
  const readonly = names(ui.readonly).flatMap((entry, index): JSONPath[] =>
    isHere(entry) ? [['ui', 'readonly', index]] : [],
  );
  return [...entries, ...readonly.toReversed()].reduce(removeAt, text);
}

/** A place of a field of the form itself. */
type Place = { page: number; part: 'fields' | 'more'; index: number };

function placed(text: string, { page, part, index }: Place, name: string): string {
  return insertItem(text, ['ui', 'pages', page, part], index, name);
}

/** Takes a field off all pages. */
function unplaced(text: string, name: string): string {
  const pages = pagesOf(formOf(text)) ?? [];
  const places = pages.flatMap((page, number) => [
    ...(['fields', 'more'] as const).flatMap((part) =>
      names(page[part]).flatMap((entry, index): JSONPath[] =>
        entry === name || entry.startsWith(`${name}.`) ? [['ui', 'pages', number, part, index]] : [],
      ),
    ),
    ...(name in asObject(page.fold) ? [['ui', 'pages', number, 'fold', name]] : []),
  ]);
  return places.toReversed().reduce(removeAt, text);
}

/** Moves a field one line up (-1) or down (1), at the end of a page to the next one; the same text where it cannot move. */
export function moveField(text: string, name: string, by: -1 | 1): string {
  const form = formOf(text);
  const section = sectionOf(text, name);
  if (!section) return text;
  if (name.includes('.') || section.id === 'all') return moveProperty(text, name, by);
  const own = section.lines.filter(({ depth }) => depth === 0);
  const index = own.findIndex((line) => line.name === name);
  const isInside = own[index + by] !== undefined && section.part !== 'unplaced';
  if (isInside) return swapAt(text, ['ui', 'pages', section.page, section.part], index, index + by);
  return moveAcross(text, { form, section, name, by });
}

type Move = { form: Json; section: Section; name: string; by: -1 | 1 };

function moveAcross(text: string, { form, section, name, by }: Move): string {
  const all = readSections(form) ?? [];
  const target = all[all.findIndex(({ id }) => id === section.id) + by];
  if (!target || target.part === 'unplaced') return text;
  const length = target.lines.filter(({ depth }) => depth === 0).length;
  const fold = asObject(pagesOf(form)?.[section.page]?.fold)[name];
  const place = { page: target.page, part: target.part, index: by < 0 ? length : 0 };
  const moved = placed(unplaced(text, name), place, name);
  return fold !== undefined && target.part === 'fields'
    ? setAt(moved, ['ui', 'pages', target.page, 'fold', name], fold)
    : moved;
}

/** Fields of rows, and of a form without pages, stand in the order of the file. */
function moveProperty(text: string, name: string, by: -1 | 1): string {
  const found = findField(formOf(text), name);
  if (!found) return text;
  const order = Object.keys(asObject(found.holder.properties));
  const index = order.indexOf(found.path.at(-1)!);
  return swapAt(text, [...found.holderPath, 'properties'], index, index + by);
}

function sectionOf(text: string, name: string): Section | undefined {
  return readSections(formOf(text))?.find(({ lines }) => lines.some((line) => line.name === name));
}

/** What may be chosen next once a field is gone: the one after it, else the one before. */
export function neighborOf(sections: readonly Section[], name: string): FieldLine | undefined {
  const lines = sections.flatMap((section) => section.lines).filter((line) => !line.name.startsWith(`${name}.`));
  const index = lines.findIndex((line) => line.name === name);
  return lines[index + 1] ?? lines[index - 1];
}
