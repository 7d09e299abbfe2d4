import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PublicCase } from '../../lib/api-types.js';
import { fetchPublicCase, type CaseCredentials } from '../../lib/api/portal.js';
import { UnsentForms } from '../../ui/leave-guard.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { useProblemTexts } from '../../ui/states.js';
import { PublicCaseView } from './public-case-view.js';
import { formatCode } from './tracking-code.js';

type Opened = { credentials: CaseCredentials; found: PublicCase };

/** Asks for code and PIN and shows the case; both stay in the memory of this page alone. */
export function FollowPage() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Opened | null>(null);
  useDocumentTitle(t('portal.follow'));
  const reload = async ({ credentials }: Opened) =>
    setOpened({ credentials, found: await fetchPublicCase(credentials) });
  const open = async (wanted: Opened, caseNo: string) =>
    reload({ ...wanted, credentials: { ...wanted.credentials, caseNo } });
  if (opened)
    return (
      <UnsentForms>
        <PublicCaseView
          key={opened.found.caseNo}
          {...opened}
          reload={() => void reload(opened).catch(() => undefined)}
          openCase={(caseNo) => void open(opened, caseNo).catch(() => undefined)}
          close={() => setOpened(null)}
        />
      </UnsentForms>
    );
  return (
    <div className="ct-stack">
      <Link to="/">← {t('portal.back')}</Link>
      <h1>{t('portal.follow')}</h1>
      <CodeForm open={setOpened} />
    </div>
  );
}

function CodeForm({ open }: { open: (opened: Opened) => void }) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const [code, setCode] = useState('');
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  const look = async () => {
    if (code.replace(/-/g, '').length !== 12) return setProblem(t('follow.codeLength'));
    setSending(true);
    setProblem('');
    const credentials = { code, ...(pin ? { pin } : {}) };
    try {
      open({ credentials, found: await fetchPublicCase(credentials) });
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      className="ct-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <div className={`ct-field ${problem ? 'has-error' : ''}`}>
        <label className="ct-label" htmlFor="code">
          {t('follow.code')}
        </label>
        <div className="ct-field-help" id="code-help">
          {t('follow.codeHelp')}
        </div>
        <Input
          id="code"
          className="ct-code-input"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="XXXX-XXXX-XXXX"
          value={code}
          aria-describedby="code-help code-error"
          aria-invalid={problem !== ''}
          onChange={(event) => setCode(formatCode(event.target.value))}
        />
        {problem && (
          <div className="ct-field-error" id="code-error" role="alert">
            {problem}
          </div>
        )}
      </div>
      <div className="ct-field">
        <label className="ct-label" htmlFor="follow-pin">
          {t('follow.pin')} <span className="ct-required">{t('follow.pinWhen')}</span>
        </label>
        <div className="ct-field-help" id="follow-pin-help">
          {t('follow.pinHelp')}
        </div>
        <Input
          id="follow-pin"
          style={{ width: 200 }}
          aria-describedby="follow-pin-help"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={pin}
          onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))}
        />
      </div>
      <div className="ct-wizard-buttons">
        <Button type="primary" size="large" htmlType="submit" loading={isSending}>
          {t('follow.look')}
        </Button>
      </div>
      <p className="ct-soft">{t('follow.lost')}</p>
    </form>
  );
}
