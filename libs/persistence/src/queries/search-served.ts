import { fieldOf } from './search-conditions.js';
import type { SearchAccess } from './search-access.js';
import type { SearchSource } from './search-source.js';
import { SearchError } from './search-types.js';
import type { Filter, Operators, SearchRequest, SearchValue } from './search-types.js';

/** How a search reaches its rows. */
export interface Route {
  /** Fields of the filter that lead to rows of the source, or of related ones. */
  readonly leads: readonly string[];
  /** Whether a field of the source itself, or the account's visibility, leads to its rows. */
  readonly isFound: boolean;
  /** Rows are read state by state, in the order of an index that begins with it. */
  readonly isByState: boolean;
}

const LEADING = ['$eq', '$in', '$gt', '$gte', '$lt', '$lte'];
const LISTED = ['$eq', '$in', '$neq', '$notIn'];
const EXCLUDING = ['$neq', '$notIn'];

/** Which index leads to the rows of a request. */
export function routeOf(source: SearchSource, access: SearchAccess, request: SearchRequest): Route {
  const { filter = {}, anyOf, variables = [], localVariables = [], visibleTo } = request;
  const own = leadsOf(source, access, filter);
  const isOfAlternatives = anyOf !== undefined && anyOf.every((one) => leadsOf(source, access, one).length > 0);
  const related = Object.entries(filter).filter(([name, wanted]) => isLeadOfRelated(source, name, wanted));
  const values = [...variables, ...localVariables];
  const isFound = own.length > 0 || isOfAlternatives || visibleTo !== undefined;
  const leads = [...own, ...related.map(([name]) => name), ...values.map(({ name }) => name)];
  const [first] = request.sort ?? [];
  const isByState = !isFound && leads.length === 0 && isBehindState(access, first?.field);
  return { leads, isFound, isByState };
}

/**
 * Refuses what only the whole table could answer.
 *
 * @throws SearchError with the field that has no index and those that help.
 */
export function requireServed(source: SearchSource, access: SearchAccess, request: SearchRequest): void {
  const { leads, isFound, isByState } = routeOf(source, access, request);
  if (access.isSmall || isFound || leads.length > 0 || request.isEmpty) return;
  requireKnown(source, request);
  const { filter = {}, anyOf = [], sort = [] } = request;
  const unled = anyOf.filter((one) => leadsOf(source, access, one).length === 0);
  const [asked] = [filter, ...unled].flatMap((one) => fieldsOf(source, access, one));
  if (asked !== undefined) throw new SearchError(`Expected ${asked} in a filter beside ${help(source, access)}.`);
  const [first] = sort;
  if (first && !isByState && !access.sorted.includes(first.field))
    throw new SearchError(`Expected sort by ${first.field} with a filter by ${help(source, access)}.`);
}

/** So that a name that is none is refused as such. */
function requireKnown(source: SearchSource, { filter = {}, anyOf = [], sort = [] }: SearchRequest): void {
  const isRelated = (name: string) => source.related?.some(({ fields }) => Object.hasOwn(fields, name)) ?? false;
  const filtered = [filter, ...anyOf].flatMap((one) => Object.keys(one)).filter((name) => !isRelated(name));
  for (const name of [...filtered, ...sort.map(({ field }) => field)]) fieldOf(source, name);
}

const help = (source: SearchSource, access: SearchAccess): string => {
  const related = (source.related ?? []).flatMap(({ fields, found }) =>
    found === 'all' ? Object.keys(fields) : found,
  );
  return `one of ${[...access.found, ...(access.overElement ?? []), ...related].join(', ')}: no index leads to it alone`;
};

/** Fields of a filter that leave rows out, but for those that leave out few. */
function fieldsOf(source: SearchSource, access: SearchAccess, filter: Filter): readonly string[] {
  const isFree = ([name, wanted]: readonly [string, unknown]) => {
    const operators = operatorsOf(wanted as SearchValue | Operators);
    if (operators.every((one) => EXCLUDING.includes(one))) return access.leftOut?.includes(name) ?? false;
    return operators.every((one) => one === '$exists') && source.fields[name]?.isNullable === false;
  };
  return Object.entries(filter)
    .filter((entry) => entry[1] !== undefined && !isFree(entry))
    .map(([name]) => name);
}

const isBehindState = ({ behindState = [] }: SearchAccess, field: string | undefined): boolean =>
  field !== undefined && behindState.includes(field);

function leadsOf(source: SearchSource, access: SearchAccess, filter: Filter): readonly string[] {
  return Object.entries(filter)
    .filter(([name, wanted]) => wanted !== undefined && isLead(source, access, name, wanted))
    .map(([name]) => name);
}

function isLead(source: SearchSource, access: SearchAccess, name: string, wanted: SearchValue | Operators): boolean {
  const operators = operatorsOf(wanted);
  if (name === 'state' && access.states) return operators.some((one) => LISTED.includes(one));
  if (access.marked?.includes(name)) return isTrue(wanted);
  if (access.overElement?.includes(name)) return operators.some((one) => one === '$eq' || one === '$in');
  if (!access.found.includes(name) && !isBehindState(access, name)) return false;
  const isGiven = typeof wanted === 'object' && wanted.$exists === true && source.fields[name]?.isNullable === true;
  return isGiven || operators.some((one) => LEADING.includes(one));
}

function isLeadOfRelated(source: SearchSource, name: string, wanted: SearchValue | Operators | undefined): boolean {
  const rows = source.related?.find(({ fields }) => Object.hasOwn(fields, name));
  if (!rows || wanted === undefined) return false;
  const operators = operatorsOf(wanted);
  if (rows.found === 'all') return !operators.every((one) => EXCLUDING.includes(one) || one === '$exists');
  if (!rows.found.includes(name)) return false;
  return rows.fields[name]!.kind === 'boolean' ? isTrue(wanted) : operators.some((one) => LEADING.includes(one));
}

const operatorsOf = (wanted: SearchValue | Operators): readonly string[] =>
  typeof wanted === 'object' ? Object.keys(wanted) : ['$eq'];

function isTrue(wanted: SearchValue | Operators): boolean {
  const value = typeof wanted === 'object' ? wanted.$eq : wanted;
  return value === true || value === 'true';
}
