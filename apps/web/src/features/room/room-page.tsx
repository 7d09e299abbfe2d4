import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useInstance } from '../../lib/api/instances.js';
import type { InstanceDetail, InstanceTask } from '../../lib/api-types.js';
import { dueText } from '../../lib/deadline.js';
import { isFailed } from '../../lib/is-failed.js';
import { instantOf, momentText, stopwatchText } from '../../lib/time.js';
import { TimelinePanel } from '../../ui/case/case-panels.js';
import { Deadline } from '../../ui/deadline.js';
import { DrillBanner } from '../../ui/drill-mark.js';
import { PageFrame } from '../../ui/page-frame.js';
import { CaseValue, SealedProvider } from '../../ui/sealed-value.js';
import { TaskName } from '../../ui/case/task-name.js';
import { StandInPage } from '../../ui/stand-in-page.js';
import { EmptyState, ErrorState, PageSkeleton } from '../../ui/states.js';
import { useNow } from '../../ui/use-now.js';
import { RoomActions } from './room-actions.js';
import { clockStart, nextReport, roomFacts, roomVariables, tasksInOrder } from './room-facts.js';

/** The event room: how long it lasts, when the next report is due, who does what, and what happened. */
export function RoomPage() {
  const { t } = useTranslation();
  const { instanceKey = '' } = useParams();
  const instance = useInstance(instanceKey);
  if (instance.isPending) return <PageSkeleton />;
  if (isFailed(instance))
    return (
      <StandInPage title={t('room.title')}>
        <ErrorState error={instance.error} retry={() => void instance.refetch()} />
      </StandInPage>
    );
  const { room, title, caseNo, drill, endedAt, sealed } = instance.data;
  return (
    <PageFrame
      title={room?.title ?? t('room.title')}
      subtitle={[caseNo, title].filter(Boolean).join(' · ')}
      extra={<Link to={`/work/case/${instanceKey}`}>{t('work.toCase')}</Link>}
    >
      <SealedProvider processInstanceKey={instanceKey} facts={sealed}>
        <div className="ct-stack">
          {drill && <DrillBanner />}
          {endedAt && <div className="ct-done-note">{t('room.ended')}</div>}
          {isTimed(instance.data) && <Clocks instance={instance.data} />}
          {endedAt === null && (
            <RoomActions
              instanceKey={instanceKey}
              actions={room?.actions ?? []}
              variables={roomVariables(instance.data)}
            />
          )}
          <div className="ct-room">
            <section className="ct-card" aria-labelledby="room-tasks">
              <h2 id="room-tasks">{t('room.tasks')}</h2>
              <Tasks tasks={tasksInOrder(instance.data.tasks)} />
            </section>
            <section className="ct-card" aria-labelledby="room-journal">
              <h2 id="room-journal" style={{ marginBottom: 16 }}>
                {t('room.journal')}
              </h2>
              <TimelinePanel instanceKey={instanceKey} />
            </section>
          </div>
        </div>
      </SealedProvider>
    </PageFrame>
  );
}

/** A page of actions alone measures nothing. */
function isTimed({ room }: InstanceDetail): boolean {
  return room !== null && (room.clockFromAt !== null || room.hasLevel || (room.countdown ?? []).length > 0);
}

function Clocks({ instance }: { instance: InstanceDetail }) {
  const { t, i18n } = useTranslation();
  const now = useNow(1000);
  const end = instance.endedAt ? Date.parse(instance.endedAt) : now;
  const report = nextReport(instance);
  const due = report ? Date.parse(report.dueAt) : null;
  const untilKey = report?.userTaskKey ? 'room.until' : 'room.untilMoment';
  const isLate = due !== null && now > due;
  const start = clockStart(instance);
  const countsDown = (instance.room?.countdown ?? []).length > 0;
  return (
    <section className="ct-room-clocks" aria-label={t('room.clocks')}>
      <div className="ct-card">
        <div className="ct-soft">{t(start > end ? 'room.begins' : 'room.since')}</div>
        <div className="ct-clock" role="timer">
          {stopwatchText(Math.abs(end - start))}
        </div>
      </div>
      {countsDown && (
        <div className="ct-card">
          <div className="ct-soft">
            {report ? t(isLate ? 'room.late' : untilKey, { name: report.name }) : t('room.noReport')}
          </div>
          <div className={`ct-clock ${isLate ? 'is-late' : ''}`} role="timer">
            {due === null ? '—' : stopwatchText(Math.abs(due - now))}
          </div>
          {report?.userTaskKey && due !== null && (
            <Link to={`/work/tasks/${report.userTaskKey}`}>
              {t('room.write', { name: report.name })} · {dueText(due, now, i18n.language)}
            </Link>
          )}
          {report && !report.userTaskKey && due !== null && (
            <span className="ct-soft">{dueText(due, now, i18n.language)}</span>
          )}
        </div>
      )}
      <div className="ct-card">
        {instance.room?.hasLevel && (
          <>
            <div className="ct-soft">{t('room.level')}</div>
            <div className="ct-clock">{instance.room.levelLabel ?? instance.room.level ?? t('room.noLevel')}</div>
          </>
        )}
        <RoomFacts instance={instance} />
      </div>
    </section>
  );
}

function RoomFacts({ instance }: { instance: InstanceDetail }) {
  const { i18n } = useTranslation();
  const now = useNow(60_000);
  return (
    <dl className="ct-facts" style={{ gap: '0 16px' }}>
      {roomFacts(instance).map(({ label, deadline, value }) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>
            {deadline && typeof value === 'string' ? (
              <time dateTime={value}>{dueText(instantOf(value), now, i18n.language)}</time>
            ) : (
              <CaseValue value={value} label={label} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Tasks({ tasks }: { tasks: InstanceTask[] }) {
  const { t, i18n } = useTranslation();
  if (tasks.length === 0) return <EmptyState title={t('case.noOpenTasks')} />;
  return (
    <ul className="ct-plain">
      {tasks.map((task) => (
        <li key={task.userTaskKey} className="ct-room-task">
          <div style={{ flex: '1 1 180px' }}>
            <TaskName task={task} />
            <div className="ct-soft">
              {task.assignee?.name ?? task.candidates?.map(({ name }) => name).join('、') ?? t('work.unassigned')}
            </div>
          </div>
          {task.completedAt ? (
            <Ended task={task} at={momentText(task.completedAt, i18n.language)} />
          ) : (
            <Deadline dueAt={task.dueAt} lamp={task.lamp} short />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Done by somebody, or stopped by the process because it was needed no longer. */
function Ended({ task, at }: { task: InstanceTask; at: string }) {
  const { t } = useTranslation();
  if (task.state === 'CANCELED') return <span className="ct-soft">{t('room.stopped', { at })}</span>;
  return <span className="ct-lamp ct-lamp-normal">✓ {t('room.done', { at })}</span>;
}
