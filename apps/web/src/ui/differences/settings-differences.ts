import type { Difference } from './differences.js';

type Json = Record<string, unknown>;
type Place = {
  /** What the rows around it are called, from outside to inside. */
  names: readonly string[];
  /** Property that is looked at. */
  part: string;
  /** Names of the classes of content that the file names, by id. */
  classes: Readonly<Record<string, string>>;
};

/** What differs between two settings files, told of the rows that people know by name. A list that begins has rows too. */
export function settingsDifferences(before: string, after: string): Difference[] {
  const [old, fresh] = [JSON.parse(before), JSON.parse(after)] as [unknown, unknown];
  return compare(old, fresh, { names: [], part: '', classes: { ...classesOf(old), ...classesOf(fresh) } });
}

function compare(before: unknown, after: unknown, place: Place): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isJson(before) && isJson(after)) return compareParts(before, after, place);
  if (areRows(before) && areRows(after) && before.length + after.length > 0) return compareRows(before, after, place);
  if (arePlain(before) && arePlain(after)) return compareItems(before, after, place);
  return [
    { kind: 'changed', key: 'partChanged', values: { ...told(place), before: shortly(before), after: shortly(after) } },
  ];
}

/** Objects below a name of their own are rows; all others are parts of what holds them. */
function compareParts(before: Json, after: Json, place: Place): Difference[] {
  return namesOf(before, after).flatMap((name) => {
    const [old, fresh] = [before[name], after[name]];
    if (place.part === 'sees') return compareSight(old, fresh, place, name);
    if (isJson(old ?? fresh) && isRow((old ?? fresh) as Json)) return compareRow(old, fresh, place, name);
    return compare(old, fresh, { ...place, part: name });
  });
}

function compareRows(before: readonly Json[], after: readonly Json[], place: Place): Difference[] {
  const [old, fresh] = [keyed(before), keyed(after)];
  const rows = namesOf(old, fresh).flatMap((key) => compareRow(old[key], fresh[key], place, key));
  const isMoved = idsOf(before).join('\n') !== idsOf(after).join('\n');
  if (rows.length > 0 || !isMoved) return rows;
  return [{ kind: 'changed', key: 'rowsOfMoved', values: told(place) }];
}

function compareRow(before: unknown, after: unknown, place: Place, key: string): Difference[] {
  const names = [...place.names, nameOf((after ?? before) as Json, key)];
  const where = names.join(' › ');
  if (before === undefined) return [{ kind: 'added', key: 'rowOfAdded', values: { where } }];
  if (after === undefined) return [{ kind: 'removed', key: 'rowOfRemoved', values: { where } }];
  return compare(before, after, { ...place, names, part: '' });
}

/** What a role sees of a class, in words; what is not written is not seen. */
function compareSight(before: unknown, after: unknown, place: Place, id: string): Difference[] {
  const [was, is] = [before ?? 'none', after ?? 'none'].map(String) as [string, string];
  if (was === is) return [];
  const values = { where: place.names.join(' › '), class: place.classes[id] ?? id, before: was, after: is };
  return [{ kind: 'changed', key: 'sightChanged', values }];
}

function classesOf(file: unknown): Readonly<Record<string, string>> {
  const classes = isJson(file) && Array.isArray(file.classes) ? file.classes.filter(isJson) : [];
  return Object.fromEntries(classes.map(({ id, name }) => [String(id), String(name ?? id)]));
}

function compareItems(before: readonly unknown[], after: readonly unknown[], place: Place): Difference[] {
  const added = after.filter((item) => !before.includes(item));
  const removed = before.filter((item) => !after.includes(item));
  const list = (kind: 'added' | 'removed', key: string, items: readonly unknown[]): Difference[] =>
    items.length > 0 ? [{ kind, key, values: { ...told(place), items: shortly(items.map(String).join('、')) } }] : [];
  if (added.length + removed.length === 0) return [{ kind: 'changed', key: 'rowsOfMoved', values: told(place) }];
  return [...list('removed', 'itemsRemoved', removed), ...list('added', 'itemsAdded', added)];
}

const told = ({ names, part }: Place) => ({ where: names.join(' › '), setting: part });

/** Rows by what tells them apart: their id, or else their place. */
function keyed(rows: readonly Json[]): Json {
  const ids = idsOf(rows);
  const isTold = new Set(ids).size === ids.length;
  return Object.fromEntries(rows.map((row, index) => [`${isTold ? ids[index] : index}`, row]));
}

const idsOf = (rows: readonly Json[]) => rows.map((row, index) => String(row.id ?? row.value ?? row.field ?? index));

function nameOf(row: Json, key: string): string {
  const name = row.name ?? row.title ?? row.label;
  return typeof name === 'string' && name !== '' ? name : key;
}

const namesOf = (before: Json, after: Json) => [...new Set([...Object.keys(before), ...Object.keys(after)])];
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRow = (value: Json) => ['name', 'title', 'label'].some((name) => typeof value[name] === 'string');
const areRows = (value: unknown): value is readonly Json[] => Array.isArray(value) && value.every(isJson);
const arePlain = (value: unknown): value is unknown[] => Array.isArray(value) && !value.some((one) => isJson(one));

function shortly(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '—');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
