import type { DashboardCount } from '../dashboards.js';
import { type LinkContext, reportMissing } from './link-context.js';
import { expectAll, refuseDoubles } from './references.js';

const file = 'workflows/dashboards.json';

/** Follows the indicators, ledgers and columns that dashboards name. */
export function linkDashboards(context: LinkContext): void {
  const { dashboards, readModel } = context.set;
  refuseDoubles(
    context,
    file,
    '',
    dashboards.map(({ id }) => id),
  );
  const known = readModel.indicators.map(({ declaration }) => declaration.id);
  for (const [index, { sections }] of dashboards.entries())
    for (const [at, { indicators = [], counts = [] }] of sections.entries()) {
      const place = `/${index}/sections/${at}`;
      expectAll(context, {
        file,
        place: `${place}/indicators`,
        ids: indicators,
        known,
        what: ['the indicator', '指标'],
      });
      for (const [nth, count] of counts.entries()) linkCount(context, `${place}/counts/${nth}`, count);
    }
}

function linkCount(context: LinkContext, place: string, { ledger, filters = [] }: DashboardCount): void {
  const { ledgers } = context.set.readModel;
  const found = ledgers.find(({ declaration }) => declaration.id === ledger);
  if (!found) {
    const known = ledgers.map(({ declaration }) => declaration.id);
    return reportMissing(context, file, `${place}/ledger`, { what: ['the ledger', '台账'], id: ledger, known });
  }
  const columns = found.declaration.columns.filter((column) => column.filter === true).map(({ id }) => id);
  const what = ['the column that can be filtered by', '可筛选的列'] as const;
  expectAll(context, {
    file,
    place: `${place}/filters`,
    ids: filters.map(({ column }) => column),
    known: columns,
    what,
  });
}
