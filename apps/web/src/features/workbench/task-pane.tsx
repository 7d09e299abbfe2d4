import { ArrowLeftOutlined } from '@ant-design/icons';
import { Tabs, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskDetail } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { DiagramPanel, DocumentsPanel, FactsPanel, TimelinePanel } from '../../ui/case/case-panels.js';
import { RelatedCases } from '../../ui/case/related-cases.js';
import { TaskEnd } from '../../ui/case/task-end.js';
import { DrillBanner } from '../../ui/drill-mark.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { SealedProvider } from '../../ui/sealed-value.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../ui/states.js';
import { ActionMenu } from './actions/action-menu.js';
import { TaskCourse } from './actions/task-course.js';
import { TurnPanel } from './actions/turn-panel.js';
import { useTask, type Completed } from './api.js';
import { KeyHint } from './key-hint.js';
import { TaskForm } from './task-form.js';

/** Called when the task may not be for this person any more. */
type Leave = (note: string) => void;

/** One task: what it is, until when, and its form, file, diagram, papers and records. */
export function TaskPane({ taskKey, back }: { taskKey: string; back: string }) {
  const { t } = useTranslation();
  const task = useTask(taskKey);
  const [completed, setCompleted] = useState<Completed | null>(null);
  const leave = (note: string) => setCompleted({ next: note, caseNo: null, isAction: true });
  const backLink = (
    <Link to={back} className="ct-only-phone" style={{ minHeight: 44, alignItems: 'center' }}>
      <ArrowLeftOutlined aria-hidden />
      &nbsp;{t('work.backToList')}
    </Link>
  );
  if (completed)
    return (
      <div className="ct-stack">
        {backLink}
        <CompletedNote completed={completed} instanceKey={task.data?.task.processInstanceKey} />
      </div>
    );
  if (task.isPending) return <ListSkeleton />;
  if (isFailed(task))
    return (
      <div>
        {backLink}
        <ErrorState error={task.error} retry={() => void task.refetch()} />
      </div>
    );
  return (
    <div className="ct-stack">
      {backLink}
      <Heading detail={task.data} leave={leave} />
      <TaskTabs detail={task.data} done={setCompleted} leave={leave} />
    </div>
  );
}

function Heading({ detail, leave }: { detail: TaskDetail; leave: Leave }) {
  const { t } = useTranslation();
  const { task } = detail;
  useDocumentTitle(`${[task.name, task.caseNo].filter(Boolean).join(' · ')} · ${t('nav.work')}`);
  return (
    <header>
      {detail.drill && <DrillBanner />}
      <h1 style={{ marginTop: detail.drill ? 8 : 0 }}>{task.name}</h1>
      <p>{task.title}</p>
      <div className="ct-row">
        <TaskEnd task={task} />
        {task.caseNo && <Link to={`/work/case/${task.processInstanceKey}`}>{task.caseNo}</Link>}
        {task.inPlaceOf && <Tag>{t('substitutes.inPlaceOf', { name: task.inPlaceOf.name })}</Tag>}
        <span className="ct-soft">{task.assignee ? task.assignee.name : t('work.unassigned')}</span>
        <ActionMenu detail={detail} leave={leave} />
      </div>
      <RelatedCases cases={detail.relatedCases} />
    </header>
  );
}

type TabsProps = { detail: TaskDetail; done: (completed: Completed) => void; leave: Leave };

function TaskTabs({ detail, done, leave }: TabsProps) {
  const { t } = useTranslation();
  const instanceKey = detail.task.processInstanceKey;
  const items = [
    {
      key: 'form',
      label: t('tab.form'),
      children: (
        <SealedProvider processInstanceKey={instanceKey} facts={detail.sealed}>
          <TaskCourse detail={detail} />
          <TaskForm detail={detail} done={done} />
          <TurnPanel key={detail.turn ?? 'none'} detail={detail} leave={leave} />
        </SealedProvider>
      ),
    },
    { key: 'facts', label: t('tab.facts'), children: <FactsPanel instanceKey={instanceKey} /> },
    { key: 'diagram', label: t('tab.diagram'), children: <DiagramPanel instanceKey={instanceKey} /> },
    {
      key: 'documents',
      label: t('tab.documents'),
      children: <DocumentsPanel instanceKey={instanceKey} documents={detail.documents} />,
    },
    { key: 'records', label: t('tab.records'), children: <TimelinePanel instanceKey={instanceKey} /> },
  ];
  return <Tabs items={items} />;
}

function CompletedNote({ completed, instanceKey }: { completed: Completed; instanceKey: string | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="ct-done-note" role="status">
        {!completed.isAction && <strong>{t('work.completed')}</strong>} {completed.next}
      </div>
      <EmptyState
        title={t('work.chooseNext')}
        hint={<KeyHint />}
        action={instanceKey && <Link to={`/work/case/${instanceKey}`}>{t('work.toCase')}</Link>}
      />
    </>
  );
}
