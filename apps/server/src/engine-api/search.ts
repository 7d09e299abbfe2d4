import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsObject, IsOptional } from 'class-validator';
import {
  type Filter,
  type NamedValue,
  type Operators,
  type Page,
  SearchError,
  type SearchRequest,
  type SearchResult,
  type SearchValue,
} from '#persistence';
import { fulfils } from './comparisons.js';

/** Body of every search of `/v2`. Which fields it knows is said by the thing that is searched. */
export class SearchDto {
  @ApiPropertyOptional({
    type: Object,
    description: 'Field: value, or operators $eq, $neq, $in, $notIn, $like, $exists, $gt, $gte, $lt, $lte',
  })
  @IsOptional()
  @IsObject()
  filter?: Record<string, unknown>;

  @ApiPropertyOptional({ type: [Object], example: [{ field: 'creationDate', order: 'DESC' }] })
  @IsOptional()
  @IsArray()
  @IsObject({ each: true })
  sort?: { field: string; order?: 'ASC' | 'DESC' }[];

  @ApiPropertyOptional({ type: Object, example: { from: 0, limit: 100 } })
  @IsOptional()
  @IsObject()
  page?: Record<string, unknown>;
}

/** What differs between the API's fields of one entity and those of the queries. */
export interface SearchRules {
  /** API name to query name. */
  readonly names?: Readonly<Record<string, string>>;
  /** Fields that hold times: ISO 8601 outside, epoch ms inside. */
  readonly times?: readonly string[];
  /** Turns a value of the API into the one that is stored. */
  readonly values?: Readonly<Record<string, (value: unknown) => unknown>>;
  /** Fields that have this value in every item; null: none has one. `tenantId` is one of them unless it is named here. */
  readonly constants?: Readonly<Record<string, SearchValue | null | undefined>>;
  /** Fields of the API that cannot be asked for here, with the reason. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Fields with variables: `[{ name, value }]`, where the value is JSON text. */
  readonly variables?: Readonly<Record<string, 'variables' | 'localVariables'>>;
  /** Takes alternatives in `$or`. */
  readonly hasAlternatives?: boolean;
}

export const tenant = '<default>';

/** The search of persistence for a body of the API. @throws SearchError on a wrong shape. */
export function searchOf(body: SearchDto | undefined, rules: SearchRules = {}): SearchRequest {
  const { $or, ...asked } = body?.filter ?? {};
  const main = filterOf(asked, rules);
  const others = alternativesOf($or, rules);
  const isEmpty = main.isEmpty || others?.length === 0;
  return {
    ...main,
    ...(others && { anyOf: others }),
    sort: sortOf(body?.sort ?? [], rules),
    page: pageOf(body?.page ?? {}),
    ...(isEmpty && { isEmpty }),
  };
}

function sortOf(sort: NonNullable<SearchDto['sort']>, rules: SearchRules): NonNullable<SearchRequest['sort']> {
  return sort
    .map(({ field, order, ...others }) => {
      const [unknown] = Object.keys(others);
      if (unknown !== undefined) throw new SearchError(`Expected sort to have field and order but found ${unknown}.`);
      return { field: textOf(field), order: orderOf(order) };
    })
    .filter(({ field }) => isAsked(field, rules) && constantOf(field, rules) === undefined)
    .map(({ field, order }) => ({ field: rules.names?.[field] ?? field, order }));
}

type Narrowing = Pick<SearchRequest, 'filter' | 'variables' | 'localVariables' | 'isEmpty'>;

function filterOf(asked: Readonly<Record<string, unknown>>, rules: SearchRules): Narrowing {
  const given = Object.entries(asked).filter(
    ([field, value]) => value !== undefined && value !== null && isAsked(field, rules),
  );
  const isConstant = (field: string) => constantOf(field, rules) !== undefined;
  const isEmpty = given.some(
    ([field, value]) => isConstant(field) && !fulfils(constantOf(field, rules)!, comparisonOf(field, value, rules)),
  );
  const variables = given.flatMap(([field, value]) => variablesOf(field, value, rules));
  return {
    filter: Object.fromEntries(
      given
        .filter(([field]) => !isConstant(field) && rules.variables?.[field] === undefined)
        .map(([field, value]) => [rules.names?.[field] ?? field, comparisonOf(field, value, rules)]),
    ),
    ...Object.fromEntries(variables),
    ...(isEmpty && { isEmpty }),
  };
}

/** Undefined: none were asked for. An alternative that fits nothing is left out. */
function alternativesOf(asked: unknown, rules: SearchRules): readonly Filter[] | undefined {
  if (asked === undefined || asked === null) return undefined;
  if (!rules.hasAlternatives || !Array.isArray(asked) || !asked.every(isRecord))
    throw new SearchError('Expected $or to be a list of filters, in a search that takes it, but found something else.');
  const groups = asked.map((group) => filterOf(group, rules));
  if (groups.some(({ variables, localVariables }) => variables ?? localVariables))
    throw new SearchError('Expected no variables within $or: they can be asked for beside it.');
  return groups.flatMap(({ filter = {}, isEmpty }) => (isEmpty ? [] : [filter]));
}

function variablesOf(field: string, value: unknown, rules: SearchRules): [string, readonly NamedValue[]][] {
  const name = rules.variables?.[field];
  if (name === undefined) return [];
  if (!Array.isArray(value) || !value.every((one) => isRecord(one) && typeof one['name'] === 'string'))
    throw new SearchError(`Expected ${field} to be a list of { name, value }.`);
  const named = (value as Readonly<Record<string, unknown>>[]).map((one) => ({
    name: one['name'] as string,
    value: comparisonOf('value', one['value'], {}),
  }));
  return [[name, named]];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined: the field differs from item to item. */
function constantOf(field: string, { constants = {} }: SearchRules): SearchValue | null | undefined {
  if (Object.hasOwn(constants, field)) return constants[field];
  return field === 'tenantId' ? tenant : undefined;
}

/** @throws SearchError where the field cannot be asked for here. */
function isAsked(field: string, { refused = {} }: SearchRules): boolean {
  if (Object.hasOwn(refused, field))
    throw new SearchError(`Expected no ${field} in filter or sort: ${refused[field]}.`);
  return true;
}

/** The answer of a search: `items` and `page`. */
export function resultOf<T, R>(found: SearchResult<T>, view: (item: T) => R) {
  const { items, totalItems, hasMoreTotalItems, startCursor, endCursor } = found;
  const cursors = {
    ...(startCursor !== null && { startCursor: plainBase64(startCursor) }),
    ...(endCursor !== null && { endCursor: plainBase64(endCursor) }),
  };
  return { items: items.map(view), page: { totalItems, hasMoreTotalItems, ...cursors } };
}

/** The API's cursors are base64 with padding; both alphabets are read. */
function plainBase64(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('base64');
}

/** Narrows a filter by a field that the address names. */
export function withField(request: SearchRequest, field: string, value: string): SearchRequest {
  return { ...request, filter: { ...request.filter, [field]: value } };
}

function comparisonOf(field: string, asked: unknown, rules: SearchRules): Operators | string | number | boolean {
  if (typeof asked === 'object' && asked !== null && !Array.isArray(asked)) {
    const operators = Object.entries(asked).map(([operator, value]) => [
      operator,
      operator === '$exists' ? value : valueOf(field, value, rules),
    ]);
    return Object.fromEntries(operators) as Operators;
  }
  return valueOf(field, asked, rules) as string | number | boolean;
}

function valueOf(field: string, value: unknown, rules: SearchRules): unknown {
  if (Array.isArray(value)) return value.map((item) => valueOf(field, item, rules));
  if (typeof value === 'object' || value === undefined)
    throw new SearchError(`Expected a text, a number or a boolean for ${field}.`);
  if (rules.times?.includes(field)) return timeOf(field, value);
  return rules.values?.[field]?.(value) ?? value;
}

function timeOf(field: string, value: unknown): number {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at))
    throw new SearchError(`Expected ${field} to be an ISO 8601 date and time but found ${JSON.stringify(value)}.`);
  return at;
}

function orderOf(order: unknown): 'asc' | 'desc' {
  const text = String(order ?? 'ASC').toLowerCase();
  if (text === 'asc' || text === 'desc') return text;
  throw new SearchError(`Expected sort order ASC or DESC but found ${JSON.stringify(order)}.`);
}

function textOf(field: unknown): string {
  if (typeof field === 'string') return field;
  throw new SearchError('Expected sort.field to be a text.');
}

function pageOf(page: Record<string, unknown>): Page {
  const unknown = Object.keys(page).find((name) => !['from', 'limit', 'after', 'before'].includes(name));
  if (unknown) throw new SearchError(`Expected page to have from, limit, after or before but found ${unknown}.`);
  const { from, limit, after, before } = page;
  if (isGiven(after) && isGiven(before)) throw new SearchError('Expected page.after or page.before but found both.');
  return {
    ...(isGiven(from) && { from: numberOf('from', from) }),
    ...(isGiven(limit) && { limit: numberOf('limit', limit) }),
    ...(isGiven(after) && { after: cursorOf('after', after) }),
    ...(isGiven(before) && { before: cursorOf('before', before) }),
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function numberOf(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  throw new SearchError(`Expected page.${name} to be a number but found ${JSON.stringify(value)}.`);
}

function cursorOf(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new SearchError(`Expected page.${name} to be a cursor of an earlier page.`);
}
