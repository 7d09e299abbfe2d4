import { pointerPart } from '../json-text.js';
import type { PortalPage } from '../settings.js';
import type { LedgerDeclaration } from '../ledgers/declarations.js';
import { isDerived } from '../ledgers/entries.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { expectAll, fieldsOf, refuseDoubles } from './references.js';
import { expectFeel } from './settings-expressions.js';

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

function linkPage(context: LinkContext, page: PortalPage, place: string): void {
  const { ledger: id, columns = [], group = [], upcoming } = page;
  const entries = context.set.readModel.ledgers.map(({ declaration }) => declaration);
  const ledger = entries.find((one) => one.id === id);
  if (!ledger) {
    if (!context.broken.has('ledger'))
      reportMissing(context, file, `${place}/ledger`, {
        what: ['the ledger', '台账'],
        id,
        known: entries.map((one) => one.id),
      });
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
  const what: Sentence = ['the open column', '公开的列'];
  expectAll(context, { file, place: `${place}/columns`, ids: columns, known, what });
  expectAll(context, { file, place: `${place}/group`, ids: group, known, what });
  linkEntry(context, page, { place: `${place}/entry`, known });
  if (upcoming !== undefined)
    expectAll(context, {
      file,
      place: `${place}/upcoming`,
      ids: [upcoming],
      known: ledger.columns.filter(({ type, id }) => isDay(type) && known.includes(id)).map(({ id }) => id),
      what: ['the open column of days', '公开的日期列'],
    });
}

/** The way from a row leads to an entry, and fills in fields of its form from what the row shows to everybody. */
function linkEntry(
  context: LinkContext,
  { entry }: PortalPage,
  { place, known }: { readonly place: string; readonly known: readonly string[] },
): void {
  if (!entry) return;
  const entries = context.set.portal?.entries ?? [];
  const ids = entries.map(({ id }) => id);
  expectAll(context, { file, place: `${place}/id`, ids: [entry.id], known: ids, what: ['the entry', '入口'] });
  expectFeel(context, { file, place: `${place}/when`, source: entry.when, known });
  const fields = fieldsOf(context, entries.find(({ id }) => id === entry.id)?.formId);
  for (const [name, source] of Object.entries(entry.prefill ?? {})) {
    const at = `${place}/prefill/${pointerPart(name)}`;
    expectFeel(context, { file, place: at, source, known });
    if (fields)
      expectAll(context, { file, place: at, ids: [name], known: fields, what: ['the form field', '表单字段'] });
  }
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
