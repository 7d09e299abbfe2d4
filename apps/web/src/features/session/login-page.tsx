import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useReference, useSignInOut } from '../../lib/api/session.js';
import { HttpProblem } from '../../lib/http.js';
import { LanguageSwitch } from '../../ui/language-switch.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { useProblemTexts } from '../../ui/states.js';

const DEMO_PASSWORD = 'demo';

/** Signing in; where the house runs as a demonstration, its posts are listed to choose from. */
export function LoginPage() {
  const { t } = useTranslation();
  const reference = useReference();
  const problemText = useProblemTexts();
  const { signIn } = useSignInOut();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  useDocumentTitle(t('session.title'));
  const enter = async (name: string, secret: string) => {
    setSending(true);
    setProblem('');
    try {
      await signIn(name, secret);
    } catch (error) {
      const isRefused = error instanceof HttpProblem && error.status === 401 && error.message === '';
      setProblem(isRefused ? t('session.wrong') : problemText(error));
      setSending(false);
    }
  };
  const demoAccounts = reference.data?.demo ? (reference.data.demoAccounts ?? []) : [];
  return (
    <main className="ct-login ct-stack ct-staff" style={{ minHeight: 0 }}>
      <div className="ct-row">
        <h1>{t('session.title')}</h1>
        <div className="ct-row-end">
          <LanguageSwitch />
        </div>
      </div>
      <p className="ct-soft">{reference.data?.organization.name}</p>
      <form
        className="ct-card ct-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void enter(username, password);
        }}
      >
        <div>
          <label className="ct-label" htmlFor="username">
            {t('session.username')}
          </label>
          <Input
            id="username"
            size="large"
            autoComplete="username"
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </div>
        <div>
          <label className="ct-label" htmlFor="password">
            {t('session.password')}
          </label>
          <Input.Password
            id="password"
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        {problem && (
          <div className="ct-field-error" role="alert">
            {problem}
          </div>
        )}
        <Button type="primary" size="large" htmlType="submit" loading={isSending}>
          {t('session.signIn')}
        </Button>
      </form>
      {demoAccounts.length > 0 && (
        <section className="ct-stack" aria-label={t('session.demo')}>
          <p className="ct-soft">{t('session.demo')}</p>
          <div className="ct-accounts">
            {demoAccounts.map((account) => (
              <Button key={account.id} disabled={isSending} onClick={() => void enter(account.id, DEMO_PASSWORD)}>
                {account.name}
              </Button>
            ))}
          </div>
        </section>
      )}
      <Link to="/">{t('session.toPortal')}</Link>
    </main>
  );
}
