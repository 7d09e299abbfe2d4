import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublicCase } from '../../lib/api-types.js';
import { fetchPublicDocument, type CaseCredentials } from '../../lib/api/portal.js';
import { momentText } from '../../lib/time.js';
import { Deadline } from '../../ui/deadline.js';
import { DrillBanner } from '../../ui/drill-mark.js';
import { useAskToLeave } from '../../ui/leave-guard.js';
import { LetterFrame } from '../../ui/letter.js';
import { useProblemTexts } from '../../ui/states.js';
import { CaseActions } from './case-actions.js';
import { CaseRequests } from './case-requests.js';
import { CaseThread } from './case-thread.js';

type Props = {
  credentials: CaseCredentials;
  found: PublicCase;
  reload: () => void;
  openCase: (caseNo: string) => void;
  close: () => void;
};

/** Where the matter stands, what comes next, what was written, and who looked at the identity. */
export function PublicCaseView({ credentials, found, reload, openCase, close }: Props) {
  const { t } = useTranslation();
  const ask = useAskToLeave();
  return (
    <div className="ct-stack" style={{ gap: 24 }}>
      {found.drill && <DrillBanner />}
      <div>
        <p className="ct-soft">{t('follow.caseNo', { caseNo: found.caseNo })}</p>
        <h1>{found.state.label}</h1>
      </div>
      <OtherCases found={found} open={(caseNo) => ask(() => openCase(caseNo))} />
      <section className="ct-card ct-standing">
        <p>{found.state.sentence}</p>
        {found.state.next && <p>{found.state.next}</p>}
        {found.dueAt && <Deadline dueAt={found.dueAt} withLamp={false} />}
      </section>
      <CaseRequests credentials={credentials} requests={found.requests} reload={reload} />
      <section>
        <h2 style={{ marginBottom: 16 }}>{t('follow.timeline')}</h2>
        <Steps steps={found.timeline} />
      </section>
      <Letters credentials={credentials} found={found} />
      <CaseThread credentials={credentials} count={found.messages} />
      <CaseActions credentials={credentials} actions={found.actions} reload={reload} />
      <Reveals reveals={found.reveals} />
      <div className="ct-wizard-buttons ct-no-print">
        <Button size="large" onClick={() => ask(close)}>
          {t('follow.close')}
        </Button>
      </div>
    </div>
  );
}

/** What came from the matter and is dealt with by itself, and the way back. */
function OtherCases({ found, open }: { found: PublicCase; open: (caseNo: string) => void }) {
  const { t } = useTranslation();
  const others = found.cases.flatMap(({ caseNo, title }) =>
    caseNo === null || caseNo === found.caseNo ? [] : [{ caseNo, title }],
  );
  if (others.length === 0) return null;
  return (
    <section className="ct-stack">
      <h2>{t('follow.others')}</h2>
      <ul className="ct-plain ct-stack">
        {others.map(({ caseNo, title }) => (
          <li key={caseNo}>
            <Button onClick={() => open(caseNo)}>{t('follow.other', { caseNo, title })}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Steps({ steps }: { steps: PublicCase['timeline'] }) {
  const { t, i18n } = useTranslation();
  return (
    <ol className="ct-timeline">
      {steps.map((step, index) => (
        <li key={`${step.at}-${index}`} className={step.done ? '' : 'is-open'}>
          <div>
            {step.text}
            {!step.done && <span className="ct-soft">{t('follow.inProgress')}</span>}
          </div>
          <time dateTime={step.at}>{momentText(step.at, i18n.language)}</time>
          {step.detail && <div className="ct-soft">{step.detail}</div>}
        </li>
      ))}
    </ol>
  );
}

function Letters({ credentials, found }: { credentials: CaseCredentials; found: PublicCase }) {
  const { t, i18n } = useTranslation();
  const problemText = useProblemTexts();
  const [letter, setLetter] = useState<{ key: string; title: string; html: string } | null>(null);
  const [problem, setProblem] = useState('');
  const open = async (key: string, title: string) => {
    setProblem('');
    try {
      setLetter({ key, title, ...(await fetchPublicDocument(credentials, key)) });
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  return (
    <section className="ct-stack">
      <h2>{t('follow.letters')}</h2>
      {found.documents.length === 0 && <p className="ct-soft">{t('follow.noLetters')}</p>}
      <ul className="ct-plain ct-stack">
        {found.documents.map((document) => (
          <li key={document.key} className="ct-row">
            <Button onClick={() => void open(document.key, document.title)}>{document.title}</Button>
            <span className="ct-soft">{momentText(document.at, i18n.language)}</span>
          </li>
        ))}
      </ul>
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
      {letter && <LetterFrame key={letter.key} html={letter.html} title={letter.title} />}
    </section>
  );
}

function Reveals({ reveals }: { reveals: PublicCase['reveals'] }) {
  const { t, i18n } = useTranslation();
  return (
    <section className="ct-stack">
      <h2>{t('follow.reveals')}</h2>
      {reveals.length === 0 ? (
        <p className="ct-soft">{t('follow.noReveals')}</p>
      ) : (
        <ul className="ct-plain ct-stack">
          {reveals.map((reveal, index) => (
            <li key={index} className="ct-card">
              {t('follow.reveal', {
                at: momentText(reveal.at, i18n.language),
                role: reveal.role,
                count: reveal.count,
                reason: reveal.reason,
              })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
