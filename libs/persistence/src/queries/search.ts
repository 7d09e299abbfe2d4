import type { RunQuery } from '../instance-cache.js';
import { conditionsOf, fieldOf, paramsOf, whereSql, type Condition } from './search-conditions.js';
import { readView } from './read-view.js';
import { searchAccess } from './search-access.js';
import { searchSources } from './search-fields.js';
import { impliedConditions } from './search-leads.js';
import { routeOf } from './search-served.js';
import { visibility } from './search-visibility.js';
import type { SearchSource } from './search-source.js';
import { COUNTED_ITEMS, SearchError } from './search-types.js';
import type { Searchable, SearchRequest, SearchResult, SearchViews } from './search-types.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;
/** Nulls are sorted as if they were this; later than any time, larger than any key. */
const LAST = '9007199254740991';

/**
 * Searches one kind of row. Fields come from a fixed list, values are always parameters. Cursors hold the offset-free
 * sort values of a row, so pages stay stable while rows are added. Throws `SearchError` for what the API must refuse.
 */
export async function search<S extends Searchable>(
  query: RunQuery,
  entity: S,
  request: SearchRequest,
): Promise<SearchResult<SearchViews[S]>> {
  const source = searchSources[entity];
  const access = searchAccess[entity];
  const order = orderOf(source, request);
  const { isFound, isByState } = routeOf(source, access, request);
  const where = [
    ...conditionsOf(source, request, isFound),
    ...impliedConditions(access, request),
    ...visibility(entity, request),
  ];
  const { limit, offset, backward, cursor } = pageOf(request, order);
  const bounded = cursor ? [...where, afterCursor(order, cursor, backward)] : where;
  const direction = (by: (index: number) => string) =>
    order.map((one, index) => `${by(index)} ${one.descending === backward ? 'ASC' : 'DESC'}`).join(', ');
  const columns = Object.entries(source.fields).map(([name, { sql }]) => `${sql} AS "${name}"`);
  const extra = order.map((one, index) => `${one.sql} AS "$sort${index}"`);
  const select = (conditions: readonly Condition[]) =>
    `SELECT ${[...columns, ...extra].join(', ')} FROM ${source.from}${whereSql(conditions)} ORDER BY ${direction((index) => order[index]!.sql)}`;
  const page = { limit, offset };
  const paged = isByState
    ? byState(
        access.states ?? [],
        bounded,
        select,
        page,
        direction((index) => `"$sort${index}"`),
      )
    : { sql: `${select(bounded)} LIMIT ? OFFSET ?`, params: [...paramsOf(bounded), limit, offset] };
  const rows = limit ? await query(paged.sql, paged.params) : [];
  const counted = await count(query, source, where);
  const shown = backward ? [...rows].reverse() : rows;
  const cursorOf = (row: (typeof rows)[number] | undefined) =>
    row
      ? encodeCursor(
          sortedBy(request),
          order.map((_, index) => row[`$sort${index}`]),
        )
      : null;
  return {
    items: shown.map((row) => readView(source, row)) as unknown as SearchViews[S][],
    ...counted,
    startCursor: cursorOf(shown[0]),
    endCursor: cursorOf(shown.at(-1)),
  };
}

/** The first rows of each state in the order of its index, then the first of these. */
function byState(
  states: readonly string[],
  where: readonly Condition[],
  select: (where: readonly Condition[]) => string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
  direction: string,
): Condition {
  const parts = states.map((state, index) => {
    const own = [...where, { sql: 't.state = ?', params: [state] }];
    return {
      sql: `SELECT * FROM (${select(own)} LIMIT ?) AS state${index}`,
      params: [...paramsOf(own), limit + offset],
    };
  });
  return {
    sql: `${parts.map(({ sql }) => sql).join(' UNION ALL ')} ORDER BY ${direction} LIMIT ? OFFSET ?`,
    params: [...paramsOf(parts), limit, offset],
  };
}

/** Counts no further than the API tells, so that a search answers at the same speed however much fits it. */
async function count(query: RunQuery, source: SearchSource, where: readonly Condition[]) {
  const rows = await query(
    `SELECT COUNT(*) AS total FROM (SELECT 1 FROM ${source.from}${whereSql(where)} LIMIT ?) AS counted`,
    [...paramsOf(where), COUNTED_ITEMS + 1],
  );
  const found = Number(rows[0]?.total);
  return { totalItems: Math.min(found, COUNTED_ITEMS), hasMoreTotalItems: found > COUNTED_ITEMS };
}

interface Order {
  readonly sql: string;
  readonly descending: boolean;
  /** Whether a cursor holds a whole number for it. */
  readonly isNumber: boolean;
}

function orderOf(source: SearchSource, request: SearchRequest): readonly Order[] {
  const wanted = (request.sort ?? []).map(({ field: name, order }) => {
    const field = fieldOf(source, name);
    const isNumber = field.kind !== 'text' && field.kind !== 'boolean';
    const sql = field.isNullable ? `COALESCE(${field.sql}, ${isNumber ? LAST : "''"})` : field.sql;
    return { sql, descending: order?.toLowerCase() === 'desc', isNumber: field.kind !== 'text' };
  });
  const key = { sql: fieldOf(source, source.key).sql, descending: false, isNumber: true };
  return wanted.some(({ sql }) => sql === key.sql) ? wanted : [...wanted, key];
}

function pageOf(request: SearchRequest, order: readonly Order[]) {
  const { from = 0, limit = DEFAULT_LIMIT, after, before } = request.page ?? {};
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT)
    throw new SearchError(`Expected page.limit from 0 to ${MAX_LIMIT} but found ${limit}.`);
  if (!Number.isInteger(from) || from < 0)
    throw new SearchError(`Expected page.from to be 0 or more but found ${from}.`);
  const text = after ?? before;
  return {
    limit,
    offset: text === undefined ? from : 0,
    backward: after === undefined && before !== undefined,
    cursor: text === undefined ? undefined : decodeCursor(text, sortedBy(request), order),
  };
}

/** Rows after the cursor: (a > x) or (a = x and b > y) or ... */
function afterCursor(order: readonly Order[], values: readonly unknown[], backward: boolean): Condition {
  const alternatives = order.map((one, index) => {
    const equal = order.slice(0, index).map((other) => `${other.sql} = ?`);
    return [...equal, `${one.sql} ${one.descending === backward ? '>' : '<'} ?`].join(' AND ');
  });
  return {
    sql: `(${alternatives.map((part) => `(${part})`).join(' OR ')})`,
    params: order.flatMap((_, index) => values.slice(0, index + 1)),
  };
}

/** Fields and directions of the order, which a cursor is for; empty: by key alone. */
const sortedBy = ({ sort = [] }: SearchRequest): string =>
  sort.map(({ field, order = 'asc' }) => `${field} ${order.toLowerCase()}`).join();

function encodeCursor(sorted: string, values: readonly unknown[]): string {
  const plain = values.map((value) => (typeof value === 'boolean' ? Number(value) : value));
  return Buffer.from(JSON.stringify(sorted === '' ? plain : [sorted, ...plain])).toString('base64url');
}

function decodeCursor(text: string, sorted: string, order: readonly Order[]): readonly unknown[] {
  try {
    const given: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const values = Array.isArray(given) && sorted !== '' && given[0] === sorted ? given.slice(1) : given;
    const isWhole = Array.isArray(values) && values.length === order.length;
    if (isWhole && order.every(({ isNumber }, index) => fits(values[index], isNumber))) return values;
  } catch {
    // Falls through to the one refusal below: a cursor is opaque, whatever is wrong with it.
  }
  throw new SearchError('Expected a cursor of an earlier page with the same sort order.');
}

const fits = (value: unknown, isNumber: boolean): boolean =>
  isNumber ? /^-?\d{1,19}$/.test(String(value)) : typeof value === 'string';
