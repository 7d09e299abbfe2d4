import { useTranslation } from 'react-i18next';
import type { TaskPage } from '../../lib/api-types.js';
import { counted } from '../../lib/counted.js';
import { views, type View } from './api.js';

type Props = {
  view: View | 'copies';
  unread: number;
  counts: TaskPage['counts'] | undefined;
  choose: (view: View | 'copies') => void;
};

export function ViewList({ view, unread, counts, choose }: Props) {
  const { t } = useTranslation();
  const countOf = (name: View) =>
    counts && (name === 'mine' || name === 'claimable') ? counted(counts[name]) : undefined;
  return (
    <nav className="ct-views" aria-label={t('work.views')}>
      {views.map((name) => (
        <button key={name} type="button" className="ct-view" aria-current={name === view} onClick={() => choose(name)}>
          {t(`work.view.${name}`)}
          {countOf(name) !== undefined && <span>{countOf(name)}</span>}
        </button>
      ))}
      <button type="button" className="ct-view" aria-current={view === 'copies'} onClick={() => choose('copies')}>
        {t('work.view.copies')}
        {unread > 0 && <span>{counted(unread)}</span>}
      </button>
    </nav>
  );
}
