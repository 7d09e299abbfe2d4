import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { usePublishedPage } from '../../lib/api/portal.js';
import { isFailed } from '../../lib/is-failed.js';
import type { PublishedPage } from '../../lib/public-types.js';
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
  if (isFailed(page)) return <ErrorState error={page.error} retry={() => void page.refetch()} />;
  const { description, items, layout } = page.data;
  return (
    <div className="ct-stack">
      <Link to="/">← {t('portal.back')}</Link>
      <h1>{titleIn(i18n.language, page.data)}</h1>
      {description && <p>{description}</p>}
      {items.length === 0 && <EmptyState title={t('portal.noRights')} />}
      {items.length > 0 && (layout === 'cards' ? <Cards page={page.data} /> : <Rows page={page.data} />)}
    </div>
  );
}

function Cards({ page: { columns, items } }: { page: PublishedPage }) {
  const [heading, ...others] = columns;
  return items.map(({ key, cells }) => (
    <section key={key} className="ct-card">
      <h2>{heading ? <Cell value={cells[heading.id]} type={heading.type} /> : null}</h2>
      {others.map(({ id, title, type }) => (
        <p key={id} style={{ whiteSpace: 'pre-line' }}>
          <span className="ct-soft">{title}：</span>
          <Cell value={cells[id]} type={type} />
        </p>
      ))}
    </section>
  ));
}

function Rows({ page: { columns, items, title } }: { page: PublishedPage }) {
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="ct-published" aria-label={title}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ key, cells }) => (
            <tr key={key}>
              {columns.map(({ id, title: heading, type }) => (
                <td key={id} data-title={heading}>
                  <Cell value={cells[id]} type={type} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ value, type }: { value: unknown; type: string }) {
  const { t } = useTranslation();
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  if (type === 'deadline') return plainDay(String(value), t, true);
  return plainValue(value, t);
}
