import { SearchError, type Filter, type SearchResult, type SearchValue } from '#persistence';
import { fulfils } from './comparisons.js';
import { type SearchDto, searchOf, type SearchRules } from './search.js';

type Fields = Readonly<Record<string, SearchValue | null>>;

export interface ListRules<T> extends SearchRules {
  /** Field that identifies an item and breaks ties when sorting. */
  readonly key: string;
  /** What may be filtered and sorted of an item, by the name of the API. */
  readonly fieldsOf: (item: T) => Fields;
  /** Names of these fields, so that an unknown one is refused where there is no item either. */
  readonly fields: readonly string[];
}

interface Row<T> {
  readonly item: T;
  readonly fields: Fields;
}

const mostItems = 10_000;

/**
 * Searches what is configuration and therefore small and in memory, in the way of the API: filter, sort, pages, total.
 *
 * @throws SearchError on an unknown field or operator, a page that is none, or a cursor whose item is gone.
 */
export function searchList<T>(items: readonly T[], body: SearchDto | undefined, rules: ListRules<T>): SearchResult<T> {
  const { filter = {}, sort = [], page = {}, isEmpty = false } = searchOf(body, rules);
  for (const name of [...Object.keys(filter), ...sort.map(({ field }) => field)]) requireKnown(name, rules.fields);
  const rows = items
    .map((item): Row<T> => ({ item, fields: rules.fieldsOf(item) }))
    .filter(({ fields }) => !isEmpty && matches(fields, filter))
    .sort(orderOf([...sort, { field: rules.key }]));
  const keyOf = ({ fields }: Row<T>) => encode(String(fields[rules.key]));
  const { from, to } = boundsOf(page, rows.map(keyOf));
  const shown = rows.slice(from, to);
  return {
    items: shown.map(({ item }) => item),
    totalItems: rows.length,
    hasMoreTotalItems: false,
    startCursor: shown[0] ? keyOf(shown[0]) : null,
    endCursor: shown.length > 0 ? keyOf(shown.at(-1)!) : null,
  };
}

function requireKnown(name: string, fields: readonly string[]): void {
  if (!fields.includes(name))
    throw new SearchError(`Expected one of the fields ${fields.join(', ')} but found ${JSON.stringify(name)}.`);
}

function matches(fields: Fields, filter: Filter): boolean {
  return Object.entries(filter).every(
    ([name, wanted]) => wanted === undefined || fulfils(fields[name] ?? null, wanted),
  );
}

/** What is not there comes last, as in the searches of the database. */
function orderOf(sort: readonly { readonly field: string; readonly order?: string }[]) {
  return (left: Row<unknown>, right: Row<unknown>): number => {
    for (const { field, order } of sort) {
      const sign = order?.toLowerCase() === 'desc' ? -1 : 1;
      const difference = compare(left.fields[field] ?? null, right.fields[field] ?? null);
      if (difference !== 0) return sign * difference;
    }
    return 0;
  };
}

function compare(left: SearchValue | null, right: SearchValue | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  if (isDigits(left) && isDigits(right) && left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : 1;
}

/** Keys are texts of digits; they are sorted as the numbers that they are. */
const isDigits = (value: SearchValue): value is string => typeof value === 'string' && /^[0-9]+$/.test(value);

interface Page {
  readonly from?: number;
  readonly limit?: number;
  readonly after?: string;
  readonly before?: string;
}

function boundsOf({ from = 0, limit = 100, after, before }: Page, cursors: readonly string[]) {
  if (!Number.isInteger(limit) || limit < 0 || limit > mostItems)
    throw new SearchError(`Expected page.limit from 0 to ${mostItems} but found ${limit}.`);
  if (!Number.isInteger(from) || from < 0)
    throw new SearchError(`Expected page.from to be 0 or more but found ${from}.`);
  if (after !== undefined) {
    const start = positionOf(after, cursors) + 1;
    return { from: start, to: start + limit };
  }
  if (before !== undefined) {
    const end = positionOf(before, cursors);
    return { from: Math.max(0, end - limit), to: end };
  }
  return { from, to: from + limit };
}

function positionOf(cursor: string, cursors: readonly string[]): number {
  const position = cursors.indexOf(Buffer.from(cursor, 'base64').toString('base64url'));
  if (position < 0) throw new SearchError('Expected a cursor of an earlier page with the same filter.');
  return position;
}

/** A cursor has at least two characters, so a key of one needs more beside it. */
const encode = (key: string): string => Buffer.from(`key:${key}`).toString('base64url');
