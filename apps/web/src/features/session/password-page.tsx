import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageFrame } from '../../ui/page-frame.js';
import { CalendarSubscription } from './calendar-subscription.js';
import { MailPreferenceForm } from './mail-preference-form.js';
import { PasswordForm } from './password-form.js';

export function PasswordPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <PageFrame title={t('session.settings')} width={480}>
      <div className="ct-stack">
        <PasswordForm onChanged={() => void message.success(t('session.changed'))} />
        <MailPreferenceForm />
        <CalendarSubscription />
      </div>
    </PageFrame>
  );
}
