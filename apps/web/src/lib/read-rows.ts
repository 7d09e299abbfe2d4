import type { JsonSchema } from './api-types.js';

/** One column of a list that is only read; `labels` are the words for codes. */
export type Column = { name: string; title: string; labels: ReadonlyMap<unknown, string> };
type Row = Readonly<Record<string, unknown>>;

/** The fields of a row as columns, in their order. */
export function columnsOf(items: JsonSchema, isEnglish: boolean): Column[] {
  return Object.entries((items.properties ?? {}) as Record<string, JsonSchema>).map(([name, field]) => {
    const title = (isEnglish && field.titleEn) || field.title || name;
    const choices = field.oneOf ?? (field.items as JsonSchema | undefined)?.oneOf;
    return { name, title: String(title), labels: labelsOf(choices) };
  });
}

function labelsOf(choices: unknown): ReadonlyMap<unknown, string> {
  const known = Array.isArray(choices) ? (choices as { const?: unknown; title?: string }[]) : [];
  return new Map(known.map(({ const: code, title }) => [code, title ?? String(code)]));
}

/** Without the columns in which no row says anything. */
export function filledColumns(columns: readonly Column[], rows: readonly Row[]): Column[] {
  return columns.filter(({ name }) => rows.some((row) => !isEmpty(row[name])));
}

/** What a cell shows: codes by their words, everything else as it is. */
export function cellOf({ name, labels }: Column, row: Row): unknown {
  const value = row[name];
  return Array.isArray(value) ? value.map((one) => labels.get(one) ?? one) : (labels.get(value) ?? value);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
