import { list } from '../dialect.js';
import type { RelatedRows, SearchField, SearchSource } from './search-source.js';
import { SearchError } from './search-types.js';
import type { Filter, NamedValue, Operators, SearchRequest, SearchValue } from './search-types.js';

export interface Condition {
  readonly sql: string;
  readonly params: readonly unknown[];
}

export const whereSql = (conditions: readonly Condition[]): string =>
  conditions.length ? ` WHERE ${conditions.map((condition) => condition.sql).join(' AND ')}` : '';
export const paramsOf = (conditions: readonly Condition[]): readonly unknown[] =>
  conditions.flatMap((condition) => condition.params);

type Wanted = Pick<SearchRequest, 'filter' | 'anyOf' | 'variables' | 'localVariables' | 'isEmpty'>;

/**
 * What rows must fulfil. Fields come from a fixed list, values are always parameters. `isFound`: the filter leads to rows of
 * the source itself, so that rows of other tables are looked up for each; else they lead to those of the source.
 *
 * @throws SearchError
 */
export function conditionsOf(source: SearchSource, request: Wanted, isFound = true): readonly Condition[] {
  const { filter = {}, anyOf, variables = [], localVariables = [], isEmpty = false } = request;
  return [
    ...filterConditions(source, filter, isFound),
    ...(anyOf ? [alternatives(anyOf.map((one) => filterConditions(source, one, true)))] : []),
    ...variables.map((one) => variableCondition(source.variableScope, one, isFound)),
    ...localVariables.map((one) => variableCondition(source.localScope, one, isFound)),
    ...(isEmpty ? [NEVER] : []),
  ];
}

const NEVER: Condition = { sql: '1 = 0', params: [] };
const MOST_ALTERNATIVES = 20;

function alternatives(groups: readonly (readonly Condition[])[]): Condition {
  if (groups.length > MOST_ALTERNATIVES)
    throw new SearchError(`Expected at most ${MOST_ALTERNATIVES} alternatives in $or but found ${groups.length}.`);
  if (groups.length === 0) return NEVER;
  return {
    sql: `(${groups.map((group) => group.map(({ sql }) => sql).join(' AND ') || '1 = 1').join(' OR ')})`,
    params: groups.flatMap(paramsOf),
  };
}

/** The value of a variable is compared as JSON text. */
function variableCondition(scope: string | undefined, { name, value }: NamedValue, isFound: boolean): Condition {
  if (scope === undefined) throw new SearchError('Expected no variables in the filter: these have none of their own.');
  const found = compared(VARIABLE_VALUE, value);
  const [start, end] = isFound
    ? ['EXISTS (SELECT 1', ` AND v.scope_key = ${scope}`]
    : [`${scope} IN (SELECT v.scope_key`, ''];
  return {
    sql: `${start} FROM variables v WHERE v.name = ?${found.map(({ sql }) => ` AND ${sql}`).join('')}${end})`,
    params: [name, ...paramsOf(found)],
  };
}

const VARIABLE_VALUE: SearchField = { sql: 'v.value', kind: 'text', isNullable: false };

function filterConditions(source: SearchSource, filter: Filter, isFound: boolean): readonly Condition[] {
  const related = new Map<RelatedRows, Condition[]>();
  const own = Object.entries(filter).flatMap(([name, wanted]) => {
    if (wanted === undefined) return [];
    const rows = source.related?.find(({ fields }) => Object.hasOwn(fields, name));
    if (!rows) return compared(fieldOf(source, name), wanted);
    const { present, absent } = splitByPresence(rows.fields[name]!, wanted);
    if (present.length > 0) related.set(rows, [...(related.get(rows) ?? []), ...present]);
    return absent.map((one) => existing(rows, [one], 'NOT EXISTS'));
  });
  const held = isFound ? existing : leading;
  return [...own, ...[...related].map(([rows, conditions]) => held(rows, conditions))];
}

/** What is asked of related rows must hold of one of them; what is excluded, of none. */
function existing(rows: RelatedRows, conditions: readonly Condition[], exists = 'EXISTS'): Condition {
  const { table, column, of, beside, where } = rows;
  const all = [`${column} = ${of}`, beside, where, ...conditions.map(({ sql }) => sql)];
  return {
    sql: `${exists} (SELECT 1 FROM ${table} WHERE ${all.filter((one) => one !== undefined).join(' AND ')})`,
    params: paramsOf(conditions),
  };
}

/** The same, from the related rows to those of the source. */
function leading({ table, column, of, where }: RelatedRows, conditions: readonly Condition[]): Condition {
  const all = [where, ...conditions.map(({ sql }) => sql)].filter((one) => one !== undefined);
  return { sql: `${of} IN (SELECT ${column} FROM ${table} WHERE ${all.join(' AND ')})`, params: paramsOf(conditions) };
}

const OPPOSITES: Readonly<Record<string, string>> = { $neq: '$eq', $notIn: '$in' };

function splitByPresence(field: SearchField, wanted: SearchValue | Operators) {
  const operators: readonly (readonly [string, unknown])[] = Object.entries(
    typeof wanted === 'object' ? wanted : { $eq: wanted },
  );
  const isExclusion = ([operator, value]: readonly [string, unknown]) =>
    operator in OPPOSITES || (operator === '$exists' && value !== true);
  const absent = operators
    .filter(isExclusion)
    .map(([operator, value]) =>
      operator === '$exists' ? condition(field, operator, true) : condition(field, OPPOSITES[operator]!, value),
    );
  const present = operators
    .filter((entry) => !isExclusion(entry))
    .map(([operator, value]) => condition(field, operator, value));
  return { present, absent };
}

function compared(field: SearchField, wanted: SearchValue | Operators): readonly Condition[] {
  const operators: Operators = typeof wanted === 'object' ? wanted : { $eq: wanted };
  return Object.entries(operators).map(([operator, value]) => condition(field, operator, value));
}

/** @throws SearchError where the source has no such field. */
export function fieldOf(source: SearchSource, name: string): SearchField {
  const found = Object.hasOwn(source.fields, name) ? source.fields[name] : undefined;
  if (!found)
    throw new SearchError(
      `Expected one of the fields ${Object.keys(source.fields).join(', ')} but found ${JSON.stringify(name)}.`,
    );
  return found;
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
  if (operator === '$eq' && field.kind === 'boolean')
    return { sql: truth(field, parameter(field, value as SearchValue) === true), params: [] };
  if (comparison) return { sql: `${field.sql} ${comparison} ?`, params: [parameter(field, value as SearchValue)] };
  if (operator === '$in' || operator === '$notIn') return membership(field, operator, value);
  if (operator === '$exists') return { sql: `${field.sql} IS ${value ? 'NOT NULL' : 'NULL'}`, params: [] };
  if (operator === '$like' && typeof value === 'string')
    return { sql: `CAST(${field.sql} AS text) LIKE ? ESCAPE '\\'`, params: [likePattern(value)] };
  throw new SearchError(
    `Expected one of $eq, $neq, $in, $notIn, $like, $exists, $gt, $gte, $lt, $lte but found ${JSON.stringify(operator)}.`,
  );
}

/** Written out, so that an index of marked rows is used; a condition is taken as it stands, so that its columns are. */
function truth({ sql }: SearchField, isTrue: boolean): string {
  if (sql.startsWith('(')) return isTrue ? sql : `NOT ${sql}`;
  return `${sql} = ${isTrue}`;
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
