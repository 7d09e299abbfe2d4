import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../ui/states.js';
import { useDrafts, useDraftStore } from '../drafts.js';
import { planReturn } from './removal.js';

/** In place of the editor of a file that the next publication takes away; brings back all that went with it. */
export function RemovedFile({ path }: { path: string }) {
  const { t } = useTranslation();
  const store = useDraftStore();
  const drafts = useDrafts();
  const bringBack = () => {
    const { puts, discards } = planReturn(path, drafts);
    for (const draft of puts) store.put(draft);
    store.discard(discards);
  };
  return (
    <EmptyState
      title={t('studio.create.removed')}
      hint={t('studio.create.removedHint')}
      action={<Button onClick={bringBack}>{t('studio.create.bringBack')}</Button>}
    />
  );
}
