import i18next from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { may, useSession } from '../../lib/api/session.js';
import { studio as en } from '../../locales/en/studio.js';
import { studio as zh } from '../../locales/zh/studio.js';
import { studioForms as formsEn } from '../../locales/en/studio-forms.js';
import { studioForms as formsZh } from '../../locales/zh/studio-forms.js';
import { StandInPage } from '../../ui/stand-in-page.js';
import { EmptyState } from '../../ui/states.js';
import { ApprovalsPage } from './approvals-page.js';
import { createDraftStore, DraftContext } from './drafts.js';
import { StudioPage } from './studio-page.js';
import './studio.css';

// The words of the studio come with the studio: nobody else loads them.
for (const words of [zh, formsZh]) i18next.addResourceBundle('zh', 'translation', words, true, true);
for (const words of [en, formsEn]) i18next.addResourceBundle('en', 'translation', words, true, true);

/** Where administrators edit procedures, forms and decision tables, and where others approve what they publish. */
export default function Studio() {
  const { t } = useTranslation();
  const user = useSession().data?.user;
  const store = useMemo(() => createDraftStore(sessionStorage, `changtong.studio.${user?.id ?? ''}`), [user?.id]);
  const mayEdit = may(user, 'studio');
  if (!mayEdit && !may(user, 'approve') && !may(user, 'accounts'))
    return (
      <StandInPage title={t('nav.studio')}>
        <EmptyState title={t('studio.noRight')} hint={t('studio.noRightHint')} />
      </StandInPage>
    );
  return (
    <DraftContext value={store}>
      <Routes>
        <Route path="approvals" element={<ApprovalsPage />} />
        <Route path="*" element={mayEdit ? <StudioPage /> : <ApprovalsPage />} />
      </Routes>
    </DraftContext>
  );
}
