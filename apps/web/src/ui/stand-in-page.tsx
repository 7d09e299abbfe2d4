import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDocumentTitle } from './page-frame.js';

/** Instead of a staff page that cannot be shown: why, and the way back to where work begins. */
export function StandInPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  useDocumentTitle(title);
  return (
    <div className="ct-stack" style={{ textAlign: 'center' }}>
      {children}
      <Link to="/work">{t('error.toWork')}</Link>
    </div>
  );
}
