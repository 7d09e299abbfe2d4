import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Outlet, useLocation } from 'react-router';
import { may, useSession } from '../../lib/api/session.js';
import { StandInPage } from '../../ui/stand-in-page.js';
import { EmptyState } from '../../ui/states.js';

const sections = [
  { path: '/cockpit', name: 'supervision', permissions: ['supervise', 'operate'] },
  { path: '/cockpit/deadlines', name: 'deadlines', permissions: ['supervise', 'operate'] },
  { path: '/cockpit/instances', name: 'instances', permissions: ['operate', 'supervise'] },
  { path: '/cockpit/batch-operations', name: 'batchOperations', permissions: ['operate'] },
  { path: '/cockpit/dead-letters', name: 'deadLetters', permissions: ['operate'] },
  { path: '/cockpit/schedules', name: 'schedules', permissions: ['operate', 'supervise', 'studio'] },
  { path: '/cockpit/access-log', name: 'accessLog', permissions: ['audit'] },
  { path: '/cockpit/audit', name: 'audit', permissions: ['audit'] },
  { path: '/cockpit/keeping', name: 'keeping', permissions: ['operate', 'approve'] },
  { path: '/cockpit/accounts', name: 'accounts', permissions: ['accounts'] },
];

/** Frame of the cockpit; each part shows to those who may use it. */
export function CockpitPage() {
  const { t } = useTranslation();
  const user = useSession().data?.user;
  const shown = sections.filter(({ permissions }) => permissions.some((permission) => may(user, permission)));
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the sections lie in one line that scrolls: the one that is shown comes into view.
  useEffect(() => {
    nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  const first = shown[0];
  if (!first)
    return (
      <StandInPage title={t('nav.cockpit')}>
        <EmptyState title={t('error.noCockpit')} hint={t('error.askFor')} />
      </StandInPage>
    );
  if (!shown.some(({ path }) => path === pathname)) return <Navigate to={first.path} replace />;
  return (
    <div>
      <nav ref={nav} className="ct-staff-nav ct-cockpit-nav" aria-label={t('nav.cockpit')}>
        {shown.map(({ path, name }) => (
          <NavLink key={path} to={path} end>
            {t(`cockpit.${name}`)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}
