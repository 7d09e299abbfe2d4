import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeadLetter } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../ui/states.js';
import { settleDeadLetter, useDeadLetters } from './operations-api.js';
import { useChange } from './use-change.js';

/** What could not be sent to other systems: why, and sending it again or giving it up. What it holds is not shown. */
export function DeadLettersPage() {
  const { t } = useTranslation();
  const letters = useDeadLetters();
  if (isFailed(letters)) return <ErrorState error={letters.error} retry={() => void letters.refetch()} />;
  return (
    <PageFrame title={t('cockpit.deadLetters')} subtitle={t('operations.letterHint')} width={960}>
      {letters.isPending && <ListSkeleton />}
      {letters.data?.length === 0 && (
        <EmptyState title={t('operations.noLetters')} hint={t('operations.noLettersHint')} />
      )}
      <ul className="ct-plain" aria-label={t('cockpit.deadLetters')}>
        {letters.data?.map((letter) => (
          <DeadLetterRow key={letter.key} letter={letter} />
        ))}
      </ul>
    </PageFrame>
  );
}

function DeadLetterRow({ letter }: { letter: DeadLetter }) {
  const { t, i18n } = useTranslation();
  const change = useChange(['dead-letters']);
  const { key, name, attempts, processInstanceKey } = letter;
  const retry = () => change({ done: t('operations.retried'), act: () => settleDeadLetter(key, 'retry') });
  const discard = () =>
    change({
      ask: t('operations.discardAsk', { name }),
      confirm: t('operations.discard'),
      done: t('operations.discarded'),
      act: () => settleDeadLetter(key, 'discard'),
    });
  return (
    <li className="ct-room-task">
      <div className="ct-stack" style={{ flex: '1 1 260px', gap: 4 }}>
        <strong>{name}</strong>
        <div style={{ overflowWrap: 'anywhere' }}>{letter.errorMessage}</div>
        <div className="ct-soft">
          {t('operations.gaveUp', { attempts, at: momentText(letter.failedAt, i18n.language) })}
        </div>
        {processInstanceKey !== null && (
          <Link to={`/work/case/${processInstanceKey}`}>{t('operations.instance', { key: processInstanceKey })}</Link>
        )}
      </div>
      <div className="ct-choices">
        <Button aria-label={`${t('operations.retry')}：${name}`} onClick={() => void retry()}>
          {t('operations.retry')}
        </Button>
        <Button danger aria-label={`${t('operations.discard')}：${name}`} onClick={() => void discard()}>
          {t('operations.discard')}
        </Button>
      </div>
    </li>
  );
}
