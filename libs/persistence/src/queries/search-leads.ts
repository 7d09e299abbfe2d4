import { list } from '../dialect.js';
import type { SearchAccess } from './search-access.js';
import type { Condition } from './search-conditions.js';
import type { Operators, SearchRequest, SearchValue } from './search-types.js';

/** What follows from a filter and leads to an index that the filter itself does not name. */
export function impliedConditions(access: SearchAccess, { filter = {} }: SearchRequest): readonly Condition[] {
  const overElement = (access.overElement ?? []).flatMap((name) => elementOf(filter[name]));
  return [...statesOf(access, filter), ...overElement];
}

/** The states that remain, where some are excluded or an index begins with them. */
function statesOf({ states, behindState = [] }: SearchAccess, filter: SearchRequest['filter'] & {}) {
  const wanted = filter['state'];
  const operators: Operators = typeof wanted === 'object' ? wanted : wanted === undefined ? {} : { $eq: wanted };
  const { $eq, $in, $neq, $notIn = [] } = operators;
  const isBehind = behindState.some((name) => filter[name] !== undefined);
  const isExcluding = $neq !== undefined || $notIn.length > 0;
  if (!states || $eq !== undefined || $in !== undefined || !(isBehind || isExcluding)) return [];
  const left = states.filter((state) => state !== $neq && !$notIn.includes(state));
  return left.length === 0
    ? [{ sql: '1 = 0', params: [] }]
    : [{ sql: `t.state IN ${list(left.length)}`, params: left }];
}

/** An element instance belongs to one process instance; a scope may be that instance itself. */
function elementOf(wanted: SearchValue | Operators | undefined): readonly Condition[] {
  const operators: Operators = typeof wanted === 'object' ? wanted : { $eq: wanted! };
  const keys = (operators.$in ?? [operators.$eq]).filter((key) => /^\d{1,18}$/.test(String(key))).map(String);
  if (wanted === undefined || keys.length === 0) return [];
  const among = list(keys.length);
  const sql = `t.process_instance_key IN (SELECT e.process_instance_key FROM element_instances e WHERE e."key" IN ${among}
    UNION ALL SELECT i."key" FROM process_instances i WHERE i."key" IN ${among})`;
  return [{ sql, params: [...keys, ...keys] }];
}
