import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { usePublishedPage } from '../../lib/api/portal.js';
import { isFailed } from '../../lib/is-failed.js';
import type { PublishedColumn, PublishedPage, PublishedRow } from '../../lib/public-types.js';
import { groupsOf, type RowGroup } from './row-groups.js';
import { titleIn } from '../../lib/title-in.js';
import { plainDay, plainValue } from '../../lib/plain-value.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../ui/states.js';

/** What is published: rows of a ledger, as a table or one section each. */
export function PublishedPageView() {
  const { t, i18n } = useTranslation();
  const { pageId = '' } = useParams();
  const page = usePublishedPage(pageId);
  useDocumentTitle(page.data ? titleIn(i18n.language, page.data) : t('app.name'));
  if (page.isPending) return <ListSkeleton />;
  if (isFailed(page))
    return (
      <div>
        <ErrorState error={page.error} retry={() => void page.refetch()} />
        <Link to="/">← {t('portal.back')}</Link>
      </div>
    );
  const { description, items } = page.data;
  return (
    <div className="ct-stack">
      <Link to="/">← {t('portal.back')}</Link>
      <h1>{titleIn(i18n.language, page.data)}</h1>
      {description && <p>{description}</p>}
      {items.length === 0 && <EmptyState title={t('portal.noRights')} />}
      {groupsOf(page.data).map((group) => (
        <Group key={group.rows[0]?.key} page={page.data} group={group} />
      ))}
    </div>
  );
}

function Group({ page, group: { rows, shared } }: { page: PublishedPage; group: RowGroup }) {
  const [first, ...others] = page.group;
  const { t } = useTranslation();
  const heading = useId();
  const Layout = page.layout === 'cards' ? Cards : Rows;
  if (!first) return <Layout page={page} rows={rows} label={page.title} />;
  return (
    <section className="ct-published-group" aria-labelledby={heading}>
      <h2 id={heading}>
        <Cell value={shared[first.id]} type={first.type} />
      </h2>
      <p className="ct-soft ct-row">
        {others.map((column) => (
          <span key={column.id}>
            <Named column={column} cells={shared} />
          </span>
        ))}
      </p>
      <Layout page={page} rows={rows} label={plainValue(shared[first.id], t)} />
    </section>
  );
}

type LayoutProps = { page: PublishedPage; rows: PublishedRow[]; label: string };

function Cards({ page, rows }: LayoutProps) {
  const [heading, ...others] = page.columns;
  return rows.map((row) => (
    <section key={row.key} className="ct-card">
      <h2>{heading ? <Cell value={row.cells[heading.id]} type={heading.type} /> : null}</h2>
      {others.map((column) => (
        <p key={column.id} style={{ whiteSpace: 'pre-line' }}>
          <Named column={column} cells={row.cells} />
        </p>
      ))}
      {page.entry && (
        <p>
          <RowEntry entry={page.entry} row={row} about={heading && row.cells[heading.id]} />
        </p>
      )}
    </section>
  ));
}

function Rows({ page: { columns, entry }, rows, label }: LayoutProps) {
  const { t } = useTranslation();
  const [heading] = columns;
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="ct-published" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {column.title}
              </th>
            ))}
            {entry && <th scope="col">{t('portal.rowEntry')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {columns.map(({ id, title, type }) => (
                <td key={id} data-title={title} data-type={type}>
                  <Cell value={row.cells[id]} type={type} />
                </td>
              ))}
              {entry && (
                <td className="ct-published-entry">
                  <RowEntry entry={entry} row={row} about={heading && row.cells[heading.id]} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type EntryProps = { entry: NonNullable<PublishedPage['entry']>; row: PublishedRow; about: unknown };

/** The way from a row to an entry, which opens with what the row says; nothing of it stands in the address. */
function RowEntry({ entry, row, about }: EntryProps) {
  const { t, i18n } = useTranslation();
  if (!row.entry) return <span className="ct-soft">{entry.otherwise ?? '—'}</span>;
  const title = titleIn(i18n.language, entry);
  return (
    <Link
      to={`/report/${entry.id}`}
      state={{ prefill: row.entry.prefill }}
      aria-label={t('portal.rowEntryAbout', { title, about: plainValue(about, t) })}
    >
      {title}
    </Link>
  );
}

function Named({ column: { id, title, type }, cells }: { column: PublishedColumn; cells: PublishedRow['cells'] }) {
  return (
    <>
      <span className="ct-soft">{title}：</span>
      <Cell value={cells[id]} type={type} />
    </>
  );
}

function Cell({ value, type }: { value: unknown; type: string }) {
  const { t } = useTranslation();
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  if (type === 'deadline') return plainDay(String(value), t, true);
  return plainValue(value, t);
}
