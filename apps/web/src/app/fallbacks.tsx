import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState, ErrorState } from '../ui/states.js';

export function NotFound() {
  const { t } = useTranslation();
  return <EmptyState title={t('error.noPage')} action={<Link to="/">{t('error.toStart')}</Link>} />;
}

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
