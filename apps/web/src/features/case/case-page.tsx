import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useInstance } from '../../lib/api/instances.js';
import { may, useSession } from '../../lib/api/session.js';
import type { InstanceDetail } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { DiagramPanel, DocumentsPanel, FactsPanel, TimelinePanel } from '../../ui/case/case-panels.js';
import { RelatedCases } from '../../ui/case/related-cases.js';
import { ThreadPanel } from '../../ui/case/thread-panel.js';
import { Deadline } from '../../ui/deadline.js';
import { DrillBanner } from '../../ui/drill-mark.js';
import { PageFrame } from '../../ui/page-frame.js';
import { TaskName } from '../../ui/case/task-name.js';
import { StandInPage } from '../../ui/stand-in-page.js';
import { EmptyState, ErrorState, PageSkeleton } from '../../ui/states.js';
import { KeepingPanel } from './keeping-panel.js';
import { IncidentPanel } from './incident-panel.js';
import { InterventionPanel } from './intervention-panel.js';
import { RecusalAction } from './recusal-dialog.js';
import { RecusalPanel } from './recusal-panel.js';

/** A case as a whole: where it stands, who has it, its papers and what happened. */
export function CasePage() {
  const { t } = useTranslation();
  const { instanceKey = '' } = useParams();
  const instance = useInstance(instanceKey);
  if (instance.isPending) return <PageSkeleton />;
  if (isFailed(instance))
    return (
      <StandInPage title={t('case.title')}>
        <ErrorState error={instance.error} retry={() => void instance.refetch()} />
      </StandInPage>
    );
  return <Case key={instanceKey} instance={instance.data} />;
}

function Case({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslation();
  const user = useSession().data?.user;
  const key = instance.processInstanceKey;
  const items = [
    { key: 'tasks', label: t('tab.tasks'), children: <OpenTasks instance={instance} /> },
    { key: 'facts', label: t('tab.facts'), children: <FactsPanel instanceKey={key} /> },
    { key: 'diagram', label: t('tab.diagram'), children: <DiagramPanel instanceKey={key} /> },
    {
      key: 'documents',
      label: t('tab.documents'),
      children: <DocumentsPanel instanceKey={key} documents={instance.documents} />,
    },
    { key: 'thread', label: t('tab.thread'), children: <ThreadPanel instance={instance} /> },
    { key: 'records', label: t('tab.records'), children: <TimelinePanel instanceKey={key} /> },
    ...(instance.caseNo
      ? [{ key: 'recusals', label: t('recusal.tab'), children: <RecusalPanel instanceKey={key} /> }]
      : []),
  ];
  const keeping = {
    key: 'keeping',
    label: t('cockpit.keeping'),
    children: <KeepingPanel instance={instance} />,
  };
  const operations = [
    { key: 'repair', label: t('tab.repair'), children: <IncidentPanel instanceKey={key} /> },
    { key: 'intervention', label: t('intervention.tab'), children: <InterventionPanel instance={instance} /> },
  ];
  const state = t(`case.state.${instance.state}`, instance.state);
  return (
    <PageFrame
      title={instance.title || instance.processName}
      subtitle={[instance.caseNo, state, instance.suspendedAt && t('intervention.suspended')]
        .filter(Boolean)
        .join(' · ')}
      extra={
        <>
          {instance.room && <Link to={`/work/room/${key}`}>{instance.room.title}</Link>}
          {instance.caseNo && <RecusalAction instanceKey={key} />}
        </>
      }
    >
      {instance.drill && <DrillBanner />}
      <RelatedCases cases={instance.relatedCases} />
      <Tabs
        items={[
          ...items,
          ...(instance.isCase && ['operate', 'approve'].some((right) => may(user, right)) ? [keeping] : []),
          ...(may(user, 'operate') ? operations : []),
        ]}
      />
    </PageFrame>
  );
}

function OpenTasks({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslation();
  const open = instance.tasks.filter((task) => task.completedAt === null);
  if (open.length === 0)
    return (
      <EmptyState
        title={t('case.noOpenTasks')}
        hint={t(instance.state === 'ACTIVE' ? 'case.noOpenTasksHint' : 'case.endedHint')}
      />
    );
  return (
    <ul className="ct-plain">
      {open.map((task) => (
        <li key={task.userTaskKey} className="ct-room-task">
          <span style={{ flex: '1 1 200px' }}>
            <TaskName task={task} />
          </span>
          <span>
            {task.assignee?.name ?? task.candidates?.map(({ name }) => name).join('、') ?? t('work.unassigned')}
          </span>
          <Deadline dueAt={task.dueAt} lamp={task.lamp} />
        </li>
      ))}
    </ul>
  );
}
