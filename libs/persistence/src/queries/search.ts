import { list } from '../dialect.js';
import type { RunQuery } from '../instance-cache.js';
import { readView, searchSources } from './search-fields.js';
import type { SearchField, SearchSource } from './search-fields.js';
import { SearchError } from './search-types.js';
import type {
  Filter,
  Operators,
  Searchable,
  SearchRequest,
  SearchResult,
  SearchValue,
  SearchViews,
} from './search-types.js';

interface Condition {
  readonly sql: string;
  readonly params: readonly unknown[];
}

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
  const order = orderOf(source, request);
  const where = [
    ...filterConditions(source, request.filter ?? {}),
    ...visibility(entity, request),
    ...(request.isEmpty ? [{ sql: '1 = 0', params: [] }] : []),
  ];
  const { limit, offset, backward, cursor } = pageOf(request, order);
  const bounded = cursor ? [...where, afterCursor(order, cursor, backward)] : where;
  const direction = order.map((one) => `${one.sql} ${one.descending === backward ? 'ASC' : 'DESC'}`).join(', ');
  const columns = Object.entries(source.fields).map(([name, { sql }]) => `${sql} AS "${name}"`);
  const extra = order.map((one, index) => `${one.sql} AS "$sort${index}"`);
  const rows = limit
    ? await query(
        `SELECT ${[...columns, ...extra].join(', ')} FROM ${source.from}${whereSql(bounded)} ORDER BY ${direction} LIMIT ? OFFSET ?`,
        [...paramsOf(bounded), limit, offset],
      )
    : [];
  const total = await query(`SELECT COUNT(*) AS total FROM ${source.from}${whereSql(where)}`, paramsOf(where));
  const page = backward ? [...rows].reverse() : rows;
  const cursorOf = (row: (typeof rows)[number] | undefined) =>
    row ? encodeCursor(order.map((_, index) => row[`$sort${index}`])) : null;
  return {
    items: page.map((row) => readView(source, row)) as unknown as SearchViews[S][],
    totalItems: Number(total[0]?.total),
    startCursor: cursorOf(page[0]),
    endCursor: cursorOf(page.at(-1)),
  };
}

const whereSql = (conditions: readonly Condition[]): string =>
  conditions.length ? ` WHERE ${conditions.map((condition) => condition.sql).join(' AND ')}` : '';
const paramsOf = (conditions: readonly Condition[]): readonly unknown[] =>
  conditions.flatMap((condition) => condition.params);

function fieldOf(source: SearchSource, name: string): SearchField {
  const found = Object.hasOwn(source.fields, name) ? source.fields[name] : undefined;
  if (!found)
    throw new SearchError(
      `Expected one of the fields ${Object.keys(source.fields).join(', ')} but found ${JSON.stringify(name)}.`,
    );
  return found;
}

function filterConditions(source: SearchSource, filter: Filter): readonly Condition[] {
  return Object.entries(filter).flatMap(([name, wanted]) => {
    if (wanted === undefined) return [];
    const operators: Operators = typeof wanted === 'object' ? wanted : { $eq: wanted };
    return Object.entries(operators).map(([operator, value]) => condition(fieldOf(source, name), operator, value));
  });
}

const COMPARISONS: Readonly<Record<string, string>> = {
  $eq: '=',
  $neq: '<>',
  $gt: '>',
  $gte: '>=',
  $lt: '<',
  $lte: '<=',
};

function condition(field: SearchField, operator: string, value: unknown): Condition {
  const comparison = COMPARISONS[operator];
  if (comparison) return { sql: `${field.sql} ${comparison} ?`, params: [parameter(field, value as SearchValue)] };
  if (operator === '$in' || operator === '$notIn') return membership(field, operator, value);
  if (operator === '$exists') return { sql: `${field.sql} IS ${value ? 'NOT NULL' : 'NULL'}`, params: [] };
  if (operator === '$like' && typeof value === 'string')
    return { sql: `CAST(${field.sql} AS text) LIKE ? ESCAPE '\\'`, params: [likePattern(value)] };
  throw new SearchError(
    `Expected one of $eq, $neq, $in, $notIn, $like, $exists, $gt, $gte, $lt, $lte but found ${JSON.stringify(operator)}.`,
  );
}

/** Both databases bind at least three times as many. */
const mostListed = 10_000;

function membership(field: SearchField, operator: string, values: unknown): Condition {
  if (!Array.isArray(values) || values.length > mostListed)
    throw new SearchError(`Expected a list of at most ${mostListed} values for ${operator}.`);
  if (values.length === 0) return { sql: operator === '$in' ? '1 = 0' : '1 = 1', params: [] };
  return {
    sql: `${field.sql} ${operator === '$in' ? 'IN' : 'NOT IN'} ${list(values.length)}`,
    params: values.map((value) => parameter(field, value as SearchValue)),
  };
}

function parameter(field: SearchField, value: SearchValue): SearchValue {
  if (field.kind === 'text') return String(value);
  if (field.kind === 'boolean') return value === true || value === 'true';
  if (!/^-?\d{1,18}$/.test(String(value)))
    throw new SearchError(`Expected a whole number but found ${JSON.stringify(value)}.`);
  return field.kind === 'key' ? String(value) : Number(value);
}

/** `*` any text, `?` one character, backslash before either for itself. */
function likePattern(value: string): string {
  return value.replace(/\\[*?\\]|[%_*?\\]/g, (found) => {
    if (found === '*') return '%';
    if (found === '?') return '_';
    return found.length === 2 ? (found === '\\\\' ? found : found[1]!) : `\\${found}`;
  });
}

/** An account sees a task that it may claim, has claimed or has completed. */
function visibility(entity: Searchable, request: SearchRequest): readonly Condition[] {
  const { visibleTo } = request;
  if (!visibleTo || entity !== 'userTasks') return [];
  const values = [visibleTo.user, ...visibleTo.groups];
  const candidate = `t."key" IN (SELECT user_task_key FROM user_task_candidates WHERE (kind = 'user' AND value = ?)${visibleTo.groups.length ? ` OR (kind = 'group' AND value IN ${list(visibleTo.groups.length)})` : ''})`;
  return [
    {
      sql: `(t.assignee = ? OR t.completed_by = ? OR ${candidate})`,
      params: [visibleTo.user, visibleTo.user, ...values],
    },
  ];
}

interface Order {
  readonly sql: string;
  readonly descending: boolean;
}

function orderOf(source: SearchSource, request: SearchRequest): readonly Order[] {
  const wanted = (request.sort ?? []).map(({ field: name, order }) => {
    const field = fieldOf(source, name);
    const isNumber = field.kind !== 'text' && field.kind !== 'boolean';
    const sql = field.isNullable ? `COALESCE(${field.sql}, ${isNumber ? LAST : "''"})` : field.sql;
    return { sql, descending: order?.toLowerCase() === 'desc' };
  });
  return [...wanted, { sql: fieldOf(source, source.key).sql, descending: false }];
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
    cursor: text === undefined ? undefined : decodeCursor(text, order.length),
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

const encodeCursor = (values: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(values.map((value) => (typeof value === 'boolean' ? Number(value) : value)))).toString(
    'base64url',
  );

function decodeCursor(text: string, length: number): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => ['string', 'number'].includes(typeof value))
    )
      return values;
  } catch {
    // Falls through to the one refusal below: a cursor is opaque, whatever is wrong with it.
  }
  throw new SearchError('Expected a cursor of an earlier page with the same sort order.');
}
