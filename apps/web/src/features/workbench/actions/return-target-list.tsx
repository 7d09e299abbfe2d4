import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { isFailed } from '../../../lib/is-failed.js';
import { momentText } from '../../../lib/time.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../../ui/states.js';
import { useReturnTargets } from './api.js';

type Props = { taskKey: string; value: string; change: (chosen: { target: string; revision: number }) => void };

/** The steps that a task can go back to, with who did them and what would end besides. */
export function ReturnTargetList({ taskKey, value, change }: Props) {
  const { t, i18n } = useTranslation();
  const targets = useReturnTargets(taskKey);
  if (targets.isPending) return <ListSkeleton />;
  if (isFailed(targets)) return <ErrorState error={targets.error} retry={() => void targets.refetch()} />;
  const { items, revision } = targets.data;
  if (items.length === 0) return <EmptyState title={t('action.noTarget')} hint={t('action.noTargetHint')} />;
  return (
    <Radio.Group
      value={value}
      aria-label={t('action.target')}
      className="ct-stack"
      onChange={(event) => change({ target: event.target.value as string, revision })}
    >
      {items.map((item) => (
        <Radio key={item.target} value={item.target}>
          <strong>{item.name}</strong>
          <div className="ct-soft">
            {[item.by?.name, item.completedAt && momentText(item.completedAt, i18n.language)]
              .filter(Boolean)
              .join(' · ')}
          </div>
          {item.ends.length > 0 && <div>{t('action.endsToo', { names: item.ends.join('、') })}</div>}
        </Radio>
      ))}
    </Radio.Group>
  );
}
