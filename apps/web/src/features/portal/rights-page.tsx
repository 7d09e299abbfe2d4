import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePortal } from '../../lib/api/portal.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { EmptyState, ListSkeleton } from '../../ui/states.js';

/** Rights of the petitioner, and the other ways that are open. */
export function RightsPage() {
  const { t } = useTranslation();
  const portal = usePortal();
  useDocumentTitle(t('portal.rights'));
  if (portal.isPending) return <ListSkeleton />;
  const rights = portal.data?.rights ?? [];
  return (
    <div className="ct-stack">
      <Link to="/">← {t('portal.back')}</Link>
      <h1>{t('portal.rights')}</h1>
      {rights.length === 0 && <EmptyState title={t('portal.noRights')} />}
      {rights.map((right) => (
        <section key={right.title} className="ct-card">
          <h2>{right.title}</h2>
          <p style={{ whiteSpace: 'pre-line' }}>{right.text}</p>
        </section>
      ))}
      {portal.data?.privacy && (
        <section className="ct-card">
          <h2>{t('portal.privacy')}</h2>
          <p>{portal.data.privacy}</p>
        </section>
      )}
    </div>
  );
}
