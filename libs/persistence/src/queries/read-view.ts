import type { Row } from '#runtime';
import { asBoolean, asKey, asKeyOrNull, asNumberOrNull, asTextOrNull } from '../records.js';
import type { Kind, SearchSource } from './search-source.js';

const READERS: Readonly<Record<Kind, (value: unknown) => unknown>> = {
  key: asKey,
  text: String,
  number: Number,
  boolean: asBoolean,
  time: Number,
};
const NULLABLE_READERS: Readonly<Record<Kind, (value: unknown) => unknown>> = {
  key: asKeyOrNull,
  text: asTextOrNull,
  number: asNumberOrNull,
  boolean: asBoolean,
  time: asNumberOrNull,
};

/** A raw row, whose columns are named by fields, as the API's view of it. */
export function readView(source: SearchSource, row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(source.fields).map(([name, { kind, isNullable }]) => [
      name,
      (isNullable ? NULLABLE_READERS : READERS)[kind](row[name]),
    ]),
  );
}
