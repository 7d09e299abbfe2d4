import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublicText } from '../../lib/api-types.js';
import { fetchPublicThread, type CaseCredentials } from '../../lib/api/portal.js';
import { momentText } from '../../lib/time.js';
import { useProblemTexts } from '../../ui/states.js';
import { Thread } from '../../ui/thread.js';

/** What was written to and fro about the case; opened on request, since each opening is recorded. */
export function CaseThread({ credentials, count }: { credentials: CaseCredentials; count: number }) {
  const { t, i18n } = useTranslation();
  const problemText = useProblemTexts();
  const [texts, setTexts] = useState<PublicText[] | null>(null);
  const [problem, setProblem] = useState('');
  const [isLoading, setLoading] = useState(false);
  if (count === 0) return null;
  const open = async () => {
    setLoading(true);
    setProblem('');
    try {
      setTexts(await fetchPublicThread(credentials));
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setLoading(false);
    }
  };
  return (
    <section className="ct-stack">
      <h2>{t('follow.thread')}</h2>
      {texts && (
        <Thread
          entries={texts.map(({ key, at, fromVisitor, text }) => ({
            key,
            isOwn: fromVisitor,
            who: t(fromVisitor ? 'follow.you' : 'follow.office'),
            at: momentText(at, i18n.language),
            dateTime: at,
            text,
          }))}
        />
      )}
      {(!texts || texts.length < count) && (
        <div className="ct-no-print">
          <Button loading={isLoading} onClick={() => void open()}>
            {t('follow.openThread', { count })}
          </Button>
        </div>
      )}
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
    </section>
  );
}
