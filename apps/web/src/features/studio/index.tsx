import i18next from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { may, useSession } from '../../lib/api/session.js';
import { studio as en } from '../../locales/en/studio.js';
import { studio as zh } from '../../locales/zh/studio.js';
import { EmptyState } from '../../ui/states.js';
import { ApprovalsPage } from './approvals-page.js';
import { createDraftStore, DraftContext } from './drafts.js';
import { StudioPage } from './studio-page.js';
import './studio.css';

// The words of the studio come with the studio: nobody else loads them.
i18next.addResourceBundle('zh', 'translation', zh, true, true);
i18next.addResourceBundle('en', 'translation', en, true, true);

/** Where administrators edit procedures, forms and decision tables, and where others approve what they publish. */
export default function Studio() {
  const { t } = useTranslation();
  const user = useSession().data?.user;
  const store = useMemo(() => createDraftStore(sessionStorage, `changtong.studio.${user?.id ?? ''}`), [user?.id]);
  const mayEdit = may(user, 'studio');
  if (!mayEdit && !may(user, 'approve') && !may(user, 'accounts'))
    return <EmptyState title={t('studio.noRight')} hint={t('studio.noRightHint')} />;
  return (
    <DraftContext value={store}>
      <Routes>
        <Route path="approvals" element={<ApprovalsPage />} />
        <Route path="*" element={mayEdit ? <StudioPage /> : <ApprovalsPage />} />
      </Routes>
    </DraftContext>
  );
}
