import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { User } from '../../lib/api-types.js';
import { sessionKey, useSignInOut } from '../../lib/api/session.js';
import { LanguageSwitch } from '../../ui/language-switch.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { PasswordForm } from './password-form.js';

/** Before anything else: a password that somebody else set is changed by who has it. */
export function FirstPasswordPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { signOut } = useSignInOut();
  useDocumentTitle(t('session.firstTitle'));
  return (
    <main className="ct-login ct-stack ct-staff" style={{ minHeight: 0 }}>
      <div className="ct-row">
        <h1>{t('session.firstTitle')}</h1>
        <div className="ct-row-end">
          <LanguageSwitch />
        </div>
      </div>
      <p>{t('session.firstHint', { name: user.name })}</p>
      <PasswordForm onChanged={() => void client.invalidateQueries({ queryKey: sessionKey })} />
      <Button type="link" onClick={() => void signOut()}>
        {t('session.signOut')}
      </Button>
    </main>
  );
}
