import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDocumentTitle } from '../ui/page-frame.js';
import { EmptyState, ErrorState } from '../ui/states.js';

/** No such page; `home` is where this kind of person begins. */
export function NotFound({ home = '/' }: { home?: string }) {
  const { t } = useTranslation();
  useDocumentTitle(t('error.noPage'));
  return (
    <EmptyState
      title={t('error.noPage')}
      hint={t('error.noPageHint')}
      action={<Link to={home}>{t(home === '/' ? 'error.toStart' : 'error.toWork')}</Link>}
    />
  );
}

export const StaffNotFound = () => <NotFound home="/work" />;

/** A page that broke or could not be loaded; nothing that was sent is lost by it. */
export function RouteFailure() {
  const { t } = useTranslation();
  return (
    <main>
      <ErrorState error={null} />
      <div style={{ textAlign: 'center' }}>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('error.reload')}
        </Button>
      </div>
    </main>
  );
}
