import { Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStudioFiles, type AwaitingApproval, type Published } from '../api.js';
import { whyText } from '../why-text.js';

/** What came of it: live with its number, or waiting for a second person. */
export function PublishResult({ outcome }: { outcome: Published | AwaitingApproval }) {
  const { t } = useTranslation();
  const files = useStudioFiles().data?.files ?? [];
  if ('approvalId' in outcome)
    return (
      <Result
        status="info"
        title={t('studio.publish.awaiting')}
        subTitle={t('studio.publish.awaitingHint')}
        extra={<p className="ct-why">{whyText(outcome.why)}</p>}
      />
    );
  const running = (outcome.running ?? []).filter(({ instances }) => instances > 0);
  const titleOf = (id: string) =>
    files.find(({ kind, processId }) => kind === 'process' && processId === id)?.title ?? id;
  return (
    <Result
      status="success"
      title={t('studio.publish.live', { number: outcome.set.number })}
      subTitle={
        outcome.commit
          ? t('studio.publish.commit', { id: outcome.commit.id.slice(0, 10) })
          : (outcome.note ?? t('studio.publish.noCommit'))
      }
    >
      <ul className="ct-plain">
        {running.length === 0 && <li>{t('studio.publish.noneRunning')}</li>}
        {running.map(({ processId, version, instances }) => (
          <li key={`${processId}-${version}`}>
            {t('studio.publish.stayOn', { title: titleOf(processId), count: instances, version })}
          </li>
        ))}
      </ul>
    </Result>
  );
}
