import { LogoutOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useNavigation } from 'react-router';
import { usePortal } from '../lib/api/portal.js';
import { leaveAtOnce } from '../lib/leaving.js';
import { forgetVisit } from '../lib/portal-draft.js';
import { titleIn } from '../lib/title-in.js';
import { ConnectionNotice } from '../ui/connection-notice.js';
import { LanguageSwitch } from '../ui/language-switch.js';
import { ReadingAids } from '../ui/reading-aids.js';
import { PageSkeleton } from '../ui/states.js';
import { ThemeProvider } from './theme-provider.js';

const NEUTRAL_PAGE = 'https://www.baidu.com/';

/** Frame of the public pages: name of the house, quick way out, nothing else in the way. */
export function PortalFrame() {
  return (
    <ThemeProvider density="public">
      <ConnectionNotice />
      <PortalLayout />
    </ThemeProvider>
  );
}

function PortalLayout() {
  const { t, i18n } = useTranslation();
  const portal = usePortal();
  const navigation = useNavigation();
  const isOpening = navigation.state === 'loading' && navigation.location?.pathname !== window.location.pathname;
  const leave = () => {
    forgetVisit();
    leaveAtOnce(portal.data?.exitUrl ?? NEUTRAL_PAGE);
  };
  return (
    <div className="ct-portal">
      <a className="ct-skip" href="#main">
        {t('common.skip')}
      </a>
      <header className="ct-portal-header ct-no-print">
        <Link to="/" className="ct-brand">
          {portal.data ? titleIn(i18n.language, portal.data) : t('app.name')}
        </Link>
        <ReadingAids>
          <LanguageSwitch />
        </ReadingAids>
        <div className="ct-row-end">
          <Button icon={<LogoutOutlined aria-hidden />} onClick={leave}>
            {t('portal.quickExit')}
          </Button>
        </div>
      </header>
      <main id="main" className="ct-portal-main" tabIndex={-1}>
        {isOpening ? <PageSkeleton /> : <Outlet />}
      </main>
      <footer className="ct-portal-footer ct-no-print">
        <span>{portal.data?.organization}</span>
        <Link to="/work">{t('portal.staffEntrance')}</Link>
      </footer>
    </div>
  );
}
