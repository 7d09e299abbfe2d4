import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Submission } from '../lib/use-submission.js';
import { useProblemTexts } from './states.js';
import { useNow } from './use-now.js';

type Props = Pick<Submission<unknown>, 'problem' | 'retryAt' | 'retryNow' | 'isSending'>;

/** A sending that failed: why, that the text is still here, and when it is tried again. */
export function SubmissionNotice({ problem, retryAt, retryNow, isSending }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const now = useNow(1000);
  if (!problem) return null;
  const seconds = retryAt === null ? null : Math.max(0, Math.ceil((retryAt - now) / 1000));
  return (
    <div className="ct-error-summary" role="alert">
      <strong>{problemText(problem)}</strong>
      <p>{t('submission.kept')}</p>
      {seconds !== null && (
        <div className="ct-row">
          <span>{t('submission.retryIn', { seconds })}</span>
          <Button onClick={retryNow} loading={isSending}>
            {t('submission.retryNow')}
          </Button>
        </div>
      )}
    </div>
  );
}
