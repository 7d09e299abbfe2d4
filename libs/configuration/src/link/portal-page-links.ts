import type { PortalPage } from '../settings.js';
import type { LedgerDeclaration } from '../ledgers/declarations.js';
import { isDerived } from '../ledgers/entries.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { expectAll, refuseDoubles } from './references.js';

const file = 'workflows/portal.json';

/** A public page shows open columns of a ledger whose file names the portal as a reader: two files say that it is public. */
export function linkPortalPages(context: LinkContext): void {
  const pages = context.set.portal?.pages ?? [];
  refuseDoubles(
    context,
    file,
    '/pages',
    pages.map(({ id }) => id),
  );
  pages.forEach((page, index) => linkPage(context, page, `/pages/${index}`));
}

function linkPage(context: LinkContext, { ledger: id, columns = [], upcoming }: PortalPage, place: string): void {
  const entries = context.set.readModel.ledgers.map(({ declaration }) => declaration);
  const ledger = entries.find((one) => one.id === id);
  const what: Sentence = ['the ledger', '台账'];
  if (!ledger) {
    if (!context.broken.has('ledger'))
      reportMissing(context, file, `${place}/ledger`, { what, id, known: entries.map((one) => one.id) });
    return;
  }
  if (!ledger.readers.some(({ roles, ownUnit }) => ownUnit === undefined && roles.includes('portal')))
    reportPlace(context, file, `${place}/ledger`, {
      code: 'link.privateLedger',
      text: [
        `Expected a ledger that names "portal" among its readers but ${id} does not.`,
        `台账 ${id} 没有把 portal 写进 readers，不能公开。`,
      ],
    });
  const known = openColumns(ledger);
  expectAll(context, { file, place: `${place}/columns`, ids: columns, known, what: ['the open column', '公开的列'] });
  if (upcoming !== undefined)
    expectAll(context, {
      file,
      place: `${place}/upcoming`,
      ids: [upcoming],
      known: ledger.columns.filter(({ type, id }) => isDay(type) && known.includes(id)).map(({ id }) => id),
      what: ['the open column of days', '公开的日期列'],
    });
}

const isDay = (type: string): boolean => type === 'date' || type === 'dateTime';

/** Ids of the columns that a page of the portal can show. */
function openColumns({ columns }: LedgerDeclaration): readonly string[] {
  return columns
    .filter((column) => !isDerived(column) && column.type !== 'sealed' && (column.roles?.includes('portal') ?? true))
    .map(({ id }) => id);
}

/** Ids of the columns that a page shows to everybody; undefined where its ledger is not there. */
export function columnsOfPage(
  context: LinkContext,
  { ledger: id, columns }: PortalPage,
): readonly string[] | undefined {
  const ledger = context.set.readModel.ledgers.find(({ declaration }) => declaration.id === id)?.declaration;
  return ledger && (columns ?? openColumns(ledger)).filter((column) => openColumns(ledger).includes(column));
}
