import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CopyRow } from '../../../lib/api-types.js';
import { isFailed } from '../../../lib/is-failed.js';
import { momentText } from '../../../lib/time.js';
import { CaseValue, SealedProvider } from '../../../ui/sealed-value.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../../ui/states.js';
import { markCopiesRead, useCopies } from './api.js';

/** 抄送我的: step, number and comment; the case where it may be opened. */
export function CopiesPane() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const copies = useCopies();
  if (copies.isPending) return <ListSkeleton />;
  if (isFailed(copies)) return <ErrorState error={copies.error} retry={() => void copies.refetch()} />;
  const { items, unread } = copies.data;
  if (items.length === 0) return <EmptyState title={t('action.noCopies')} hint={t('action.noCopiesHint')} />;
  const markAll = async () => {
    await markCopiesRead(items.filter(({ isRead }) => !isRead).map(({ copyKey }) => copyKey));
    await client.invalidateQueries({ queryKey: ['copies'] });
  };
  return (
    <div className="ct-stack">
      <Link to="/work?view=mine" className="ct-only-phone">
        {t('work.backToList')}
      </Link>
      <div className="ct-row">
        <h1>{t('work.view.copies')}</h1>
        {unread > 0 && <Button onClick={() => void markAll()}>{t('action.markRead', { count: unread })}</Button>}
      </div>
      <ul className="ct-plain ct-stack">
        {items.map((copy) => (
          <Copy key={copy.copyKey} copy={copy} />
        ))}
      </ul>
    </div>
  );
}

function Copy({ copy }: { copy: CopyRow }) {
  const { t, i18n } = useTranslation();
  return (
    <li>
      <SealedProvider processInstanceKey={copy.processInstanceKey} facts={copy.sealed}>
        <div>
          {!copy.isRead && <strong>{t('action.unread')} </strong>}
          <strong>{copy.taskName}</strong> {copy.caseNo}
        </div>
        <div className="ct-soft">
          {copy.from?.name} · {momentText(copy.at, i18n.language)}
        </div>
        {copy.comment && <CaseValue value={copy.comment} label={t('action.text.comment')} />}
        {copy.canOpen && <Link to={`/work/case/${copy.processInstanceKey}`}>{t('work.toCase')}</Link>}
      </SealedProvider>
    </li>
  );
}
