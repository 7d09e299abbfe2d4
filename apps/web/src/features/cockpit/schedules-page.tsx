import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../ui/states.js';
import { useSchedules } from './operations-api.js';

/** What starts by itself: when next, and when it last did. The rules stand in the configuration. */
export function SchedulesPage() {
  const { t } = useTranslation();
  const schedules = useSchedules();
  if (isFailed(schedules)) return <ErrorState error={schedules.error} retry={() => void schedules.refetch()} />;
  return (
    <PageFrame title={t('cockpit.schedules')} subtitle={t('operations.scheduleHint')} width={960}>
      {schedules.isPending && <ListSkeleton />}
      {schedules.data?.length === 0 && (
        <EmptyState title={t('operations.noSchedules')} hint={t('operations.noSchedulesHint')} />
      )}
      <ul className="ct-plain" aria-label={t('cockpit.schedules')}>
        {schedules.data?.map((schedule) => (
          <ScheduleRow key={schedule.id} schedule={schedule} />
        ))}
      </ul>
    </PageFrame>
  );
}

function ScheduleRow({ schedule }: { schedule: Schedule }) {
  const { t, i18n } = useTranslation();
  const { title, processName, dueAt, lastAt } = schedule;
  const moment = (at: string | null, none: string) => (at === null ? none : momentText(at, i18n.language));
  return (
    <li className="ct-room-task">
      <div className="ct-stack" style={{ flex: '1 1 260px', gap: 4 }}>
        <strong>{title}</strong>
        <div className="ct-soft">{t('operations.startsProcess', { name: processName })}</div>
      </div>
      <div className="ct-stack" style={{ flex: '0 1 220px', gap: 4 }}>
        <div>{t('operations.nextTime', { at: moment(dueAt, t('operations.neverAgain')) })}</div>
        <div className="ct-soft">{t('operations.lastTime', { at: moment(lastAt, t('operations.notYet')) })}</div>
      </div>
    </li>
  );
}
