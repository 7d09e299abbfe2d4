import { calendarFeeds } from './calendar-feeds.js';
import { dashboards } from './dashboards.js';
import { deadlines } from './deadlines.js';
import { indicator, ledger } from './ledgers.js';
import { elementTemplates, form, launchers, portal, rooms } from './screens.js';
import {
  calendarYear,
  clauses,
  dictionaries,
  documents,
  notifications,
  numbering,
  organization,
  parameters,
  portfolios,
  roles,
  schedules,
} from './settings.js';
import { scenarios } from './scenarios.js';
import type { JsonSchema } from './shared.js';

export type { JsonSchema } from './shared.js';

/** JSON Schemas of the configuration files, by what the file is. */
export const schemas = {
  organization,
  portfolios,
  roles,
  notifications,
  numbering,
  dictionaries,
  clauses,
  parameters,
  calendarYear,
  portal,
  launchers,
  rooms,
  elementTemplates,
  schedules,
  dashboards,
  calendarFeeds,
  deadlines,
  documents,
  form,
  scenarios,
  ledger,
  indicator,
} as const satisfies Readonly<Record<string, JsonSchema>>;

export type SchemaName = keyof typeof schemas;

const shared =
  /^workflows\/(organization|portfolios|roles|notifications|numbering|dictionaries|clauses|parameters|portal|launchers|rooms|schedules|deadlines|dashboards)\.json$/;
const byPath: readonly (readonly [RegExp, SchemaName])[] = [
  [/^workflows\/calendar-feeds\.json$/, 'calendarFeeds'],
  [/^workflows\/element-templates\.json$/, 'elementTemplates'],
  [/^workflows\/calendar\/[^/]+\.json$/, 'calendarYear'],
  [/^workflows\/[^/]+\/documents\.json$/, 'documents'],
  [/^workflows\/[^/]+\/[^/]+\.scenarios\.json$/, 'scenarios'],
  [/^workflows\/ledgers\/[^/]+\.ledger\.json$/, 'ledger'],
  [/^workflows\/ledgers\/[^/]+\.indicator\.json$/, 'indicator'],
  [/^forms\/(?:[^/]+\/)*[^/]+\.form\.json$/, 'form'],
];

/** The schema a JSON file of this path has to meet; undefined for a file that the configuration has no use for. */
export function schemaOfPath(path: string): SchemaName | undefined {
  const name = shared.exec(path)?.[1];
  return name ? (name as SchemaName) : byPath.find(([pattern]) => pattern.test(path))?.[1];
}
