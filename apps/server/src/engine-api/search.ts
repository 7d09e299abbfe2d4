import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsObject, IsOptional } from 'class-validator';
import {
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
}

export const tenant = '<default>';

/** The search of persistence for a body of the API. @throws SearchError on a wrong shape. */
export function searchOf(body: SearchDto | undefined, rules: SearchRules = {}): SearchRequest {
  const name = (field: string) => rules.names?.[field] ?? field;
  const sort = (body?.sort ?? []).map(({ field, order }) => ({ field: textOf(field), order: orderOf(order) }));
  const asked = Object.entries(body?.filter ?? {}).filter(([, value]) => value !== undefined && value !== null);
  for (const field of [...sort.map((entry) => entry.field), ...asked.map(([key]) => key)]) refuseField(field, rules);
  const isEmpty = asked.some(([field, value]) => {
    const constant = constantOf(field, rules);
    return constant !== undefined && !fulfils(constant, comparisonOf(field, value, rules));
  });
  return {
    filter: Object.fromEntries(
      asked
        .filter(([field]) => constantOf(field, rules) === undefined)
        .map(([field, value]) => [name(field), comparisonOf(field, value, rules)]),
    ),
    sort: sort
      .filter(({ field }) => constantOf(field, rules) === undefined)
      .map(({ field, order }) => ({ field: name(field), order })),
    page: pageOf(body?.page ?? {}),
    ...(isEmpty && { isEmpty }),
  };
}

/** Undefined: the field differs from item to item. */
function constantOf(field: string, { constants = {} }: SearchRules): SearchValue | null | undefined {
  if (Object.hasOwn(constants, field)) return constants[field];
  return field === 'tenantId' ? tenant : undefined;
}

function refuseField(field: string, { refused = {} }: SearchRules): void {
  if (Object.hasOwn(refused, field))
    throw new SearchError(`Expected no ${field} in filter or sort: ${refused[field]}.`);
}

/** The answer of a search: `items` and `page`. */
export function resultOf<T, R>({ items, totalItems, startCursor, endCursor }: SearchResult<T>, view: (item: T) => R) {
  const cursors = {
    ...(startCursor !== null && { startCursor: plainBase64(startCursor) }),
    ...(endCursor !== null && { endCursor: plainBase64(endCursor) }),
  };
  return { items: items.map(view), page: { totalItems, hasMoreTotalItems: false, ...cursors } };
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
  if (typeof value === 'object') throw new SearchError(`Expected a text, a number or a boolean for ${field}.`);
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
  return {
    ...(typeof from === 'number' && { from }),
    ...(typeof limit === 'number' && { limit }),
    ...(typeof after === 'string' && { after }),
    ...(typeof before === 'string' && { before }),
  };
}
