import { BulbOutlined, MoonOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useNavigate } from 'react-router';
import { LauncherMenu } from '../features/launchers/launcher-menu.js';
import { LaunchingFrame } from '../features/launchers/launching-frame.js';
import { NoticeBell } from '../features/notices/notice-bell.js';
import { FirstPasswordPage } from '../features/session/first-password-page.js';
import { LoginPage } from '../features/session/login-page.js';
import type { User } from '../lib/api-types.js';
import { useLedgerList } from '../lib/api/ledgers.js';
import { may, useSession, useSignInOut } from '../lib/api/session.js';
import { useLiveUpdates } from '../lib/events.js';
import { isEnglish } from '../lib/time.js';
import { ConnectionNotice } from '../ui/connection-notice.js';
import { LanguageSwitch } from '../ui/language-switch.js';
import { ErrorState, PageSkeleton } from '../ui/states.js';
import { ThemeContext } from '../ui/theme-context.js';
import { ThemeProvider } from './theme-provider.js';

/** Frame of all staff pages; whoever is not signed in signs in first and stays where they wanted to go. */
export function StaffFrame() {
  return (
    <ThemeProvider density="staff">
      <ConnectionNotice />
      <StaffGate />
    </ThemeProvider>
  );
}

function StaffGate() {
  const session = useSession();
  const user = session.data?.user ?? null;
  useLiveUpdates(user !== null && !user.mustChangePassword);
  if (session.isPending) return <PageSkeleton />;
  if (session.isError && !user) return <ErrorState error={session.error} retry={() => void session.refetch()} />;
  if (user?.mustChangePassword) return <FirstPasswordPage user={user} />;
  return user ? <StaffLayout user={user} /> : <LoginPage />;
}

function StaffLayout({ user }: { user: User }) {
  const { t } = useTranslation();
  return (
    <div className="ct-staff">
      <a className="ct-skip" href="#main">
        {t('common.skip')}
      </a>
      <header className="ct-staff-header ct-no-print">
        <NavLink to="/work" className="ct-brand ct-hide-phone">
          {t('app.name')}
        </NavLink>
        <nav className="ct-staff-nav" aria-label={t('nav.label')}>
          <NavLink to="/work">{t('nav.work')}</NavLink>
          <ReadModelLinks />
          {['supervise', 'operate', 'approve', 'audit', 'accounts'].some((permission) => may(user, permission)) && (
            <NavLink to="/cockpit">{t('nav.cockpit')}</NavLink>
          )}
          {['studio', 'approve'].some((permission) => may(user, permission)) && (
            <NavLink to="/studio">{t('nav.studio')}</NavLink>
          )}
        </nav>
        <div className="ct-row-end" style={{ alignItems: 'center' }}>
          <LauncherMenu />
          <NoticeBell key={user.id} account={user.id} />
          <UserMenu user={user} />
        </div>
      </header>
      <main id="main" className="ct-staff-main" tabIndex={-1}>
        <LaunchingFrame>
          <Outlet />
        </LaunchingFrame>
      </main>
    </div>
  );
}

/** Ledgers and indicators, for those whom any of them names as readers. */
function ReadModelLinks() {
  const { t } = useTranslation();
  const readable = useLedgerList().data;
  return (
    <>
      {readable && readable.items.length > 0 && <NavLink to="/ledgers">{t('nav.ledgers')}</NavLink>}
      {readable?.hasIndicators && <NavLink to="/indicators">{t('nav.indicators')}</NavLink>}
    </>
  );
}

function UserMenu({ user }: { user: User }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { signOut } = useSignInOut();
  const { isDark, toggle } = use(ThemeContext);
  const other = isEnglish(i18n.language) ? { code: 'zh', name: '中文' } : { code: 'en', name: 'English' };
  const items = [
    { key: 'language', label: other.name, onClick: () => void i18n.changeLanguage(other.code) },
    { key: 'theme', label: t(isDark ? 'common.light' : 'common.dark'), onClick: toggle },
    { key: 'substitutes', label: t('substitutes.title'), onClick: () => void navigate('/work/substitutes') },
    { key: 'password', label: t('session.settings'), onClick: () => void navigate('/work/account') },
    { key: 'out', label: t('session.signOut'), onClick: () => void signOut().then(() => navigate('/work')) },
  ];
  return (
    <>
      <span className="ct-hide-phone">
        <LanguageSwitch />
        <Button
          type="text"
          aria-label={t(isDark ? 'common.light' : 'common.dark')}
          icon={isDark ? <BulbOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
          onClick={toggle}
        />
      </span>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" icon={<UserOutlined aria-hidden />} aria-label={t('session.menuOf', { name: user.name })}>
          <span className="ct-hide-phone">{user.name}</span>
        </Button>
      </Dropdown>
    </>
  );
}
