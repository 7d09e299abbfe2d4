import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { SealedProvider, SealedValue } from '../../ui/sealed-value.js';
import { EmptyState, ErrorState, ListSkeleton, useProblemTexts } from '../../ui/states.js';
import { type Recusal, undoRecusal, useRecusals } from './recusals.js';

/** Who stays out of the case, and undoing it for those who may. */
export function RecusalPanel({ instanceKey }: { instanceKey: string }) {
  const { t } = useTranslation();
  const recusals = useRecusals(instanceKey);
  if (recusals.isPending) return <ListSkeleton />;
  if (isFailed(recusals)) return <ErrorState error={recusals.error} retry={() => void recusals.refetch()} />;
  const { items, sealed } = recusals.data;
  if (items.length === 0) return <EmptyState title={t('recusal.none')} hint={t('recusal.hint')} />;
  return (
    <SealedProvider processInstanceKey={instanceKey} facts={sealed}>
      <ul className="ct-plain" aria-label={t('recusal.tab')}>
        {items.map((item) => (
          <Row key={item.recusalKey} item={item} instanceKey={instanceKey} />
        ))}
      </ul>
    </SealedProvider>
  );
}

function Row({ item, instanceKey }: { item: Recusal; instanceKey: string }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const problemText = useProblemTexts();
  const { enteredAt, undoneBy, undoneAt, reason, canUndo, recusalKey } = item;
  const name = item.account?.name ?? '—';
  const by = item.enteredBy?.name ?? '—';
  const undo = async () => {
    const title = t('recusal.undoAsk', { name });
    if (!(await modal.confirm({ title, okText: t('recusal.undo'), cancelText: t('common.cancel') }))) return;
    try {
      await undoRecusal(instanceKey, recusalKey);
      void message.success(t('recusal.undoneNote'));
    } catch (error) {
      void message.error(problemText(error));
    }
    void client.invalidateQueries({ queryKey: ['recusals', instanceKey] });
  };
  const at = (moment: string) => momentText(moment, i18n.language);
  return (
    <li className="ct-room-task">
      <div className="ct-stack" style={{ flex: '1 1 260px', gap: 4 }}>
        <span>{t('recusal.entered', { name, by, at: at(enteredAt) })}</span>
        <SealedValue handle={reason} label={t('recusal.reason')} />
        {undoneBy && undoneAt && (
          <span className="ct-soft">{t('recusal.undone', { by: undoneBy.name, at: at(undoneAt) })}</span>
        )}
      </div>
      {canUndo && (
        <Button aria-label={`${t('recusal.undo')}：${name}`} onClick={() => void undo()}>
          {t('recusal.undo')}
        </Button>
      )}
    </li>
  );
}
