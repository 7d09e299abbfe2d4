import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Supervision, TaskRow } from '../../lib/api-types.js';
import { earliestFirst } from '../../lib/earliest-first.js';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { Deadline } from '../../ui/deadline.js';
import { DrillBadge } from '../../ui/drill-mark.js';
import { Lamp } from '../../ui/lamp.js';
import { DUE, FoldingTable } from '../../ui/folding-table.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, PageSkeleton } from '../../ui/states.js';
import { useSupervision } from './api.js';

/** What is overdue, where, whose; a tile leads to its list. */
export function SupervisionPage() {
  const { t, i18n } = useTranslation();
  const supervision = useSupervision();
  if (supervision.isPending) return <PageSkeleton />;
  if (isFailed(supervision)) return <ErrorState error={supervision.error} retry={() => void supervision.refetch()} />;
  const { at, units, supervisions, incidents, unattended } = supervision.data;
  return (
    <PageFrame title={t('cockpit.supervision')} subtitle={t('cockpit.at', { at: momentText(at, i18n.language) })}>
      <div className="ct-stack" style={{ gap: 32 }}>
        {unattended.length > 0 && <Unattended tasks={unattended} />}
        <Overdue units={units} />
        <Supervisions supervisions={supervisions} />
        {incidents && incidents.length > 0 && <Incidents incidents={incidents} />}
      </div>
    </PageFrame>
  );
}

type Units = Supervision['units'];

function Overdue({ units }: { units: Units }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const worstFirst = [...units].sort((a, b) => b.overdue - a.overdue || b.urgent - a.urgent);
  const unitKey = (unit: Units[number]) => unit.unit?.id ?? '-';
  const shown = worstFirst.filter((unit) => chosen === null || unitKey(unit) === chosen);
  if (units.length === 0) return <EmptyState title={t('cockpit.nothingOpen')} />;
  return (
    <section className="ct-stack" aria-label={t('cockpit.byUnit')}>
      <h2>{t('cockpit.byUnit')}</h2>
      <div className="ct-tiles">
        {worstFirst.map((unit) => (
          <button
            key={unitKey(unit)}
            type="button"
            className="ct-tile"
            aria-pressed={chosen === unitKey(unit)}
            onClick={() => setChosen(chosen === unitKey(unit) ? null : unitKey(unit))}
          >
            <strong>{unit.unit?.name ?? t('cockpit.noUnit')}</strong>
            <span className={`ct-tile-number ${unit.overdue > 0 ? 'is-bad' : ''}`}>
              {t('cockpit.overdueCount', { count: unit.overdue })}
            </span>
            <span className="ct-soft">
              {t('cockpit.counts', { urgent: unit.urgent, near: unit.near, open: unit.open })}
            </span>
          </button>
        ))}
      </div>
      <TaskTable rows={earliestFirst(shown.flatMap(({ items }) => items))} />
    </section>
  );
}

function TaskTable({ rows }: { rows: TaskRow[] }) {
  const { t } = useTranslation();
  return (
    <FoldingTable<TaskRow>
      rowKey="userTaskKey"
      dataSource={rows}
      size="middle"
      minWidth={1000}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: t('cockpit.noneLate') }}
      columns={[
        {
          title: t('cockpit.column.title'),
          fixed: 'left',
          width: 240,
          render: (_, row) => (
            <Link to={`/work/case/${row.processInstanceKey}`}>
              {row.drill && <DrillBadge />} {row.title || row.processName}
            </Link>
          ),
        },
        { title: t('case.caseNo'), render: (_, row) => row.caseNo ?? '—' },
        { title: t('cockpit.column.step'), dataIndex: 'name' },
        { title: t('cockpit.column.unit'), render: (_, row) => row.unit?.name ?? '—' },
        { title: t('cockpit.column.who'), render: (_, row) => row.assignee?.name ?? t('work.unassigned') },
        {
          title: t('cockpit.column.due'),
          key: DUE,
          width: 340,
          render: (_, row) => <Deadline dueAt={row.dueAt} lamp={row.lamp} />,
        },
      ]}
    />
  );
}

function Supervisions({ supervisions }: { supervisions: Supervision['supervisions'] }) {
  const { t, i18n } = useTranslation();
  return (
    <section className="ct-stack">
      <h2>{t('cockpit.supervisions')}</h2>
      <FoldingTable
        rowKey={(row) => row.processInstanceKey ?? `${row.caseNo}-${row.at}-${row.level}`}
        dataSource={supervisions}
        size="middle"
        minWidth={1000}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t('cockpit.noSupervisions') }}
        columns={[
          {
            title: t('cockpit.column.title'),
            fixed: 'left',
            width: 300,
            render: (_, row) => (
              <>
                {row.drill && <DrillBadge />}{' '}
                {row.processInstanceKey ? (
                  <Link to={`/work/case/${row.processInstanceKey}`}>{nameOf(row)}</Link>
                ) : (
                  nameOf(row)
                )}
              </>
            ),
          },
          { title: t('case.caseNo'), render: (_, row) => row.caseNo || '—' },
          { title: t('cockpit.column.level'), dataIndex: 'level' },
          {
            title: t('cockpit.column.unit'),
            render: (_, row) => (typeof row.unit === 'string' ? row.unit : (row.unit?.name ?? '—')),
          },
          { title: t('cockpit.column.at'), render: (_, row) => momentText(row.at, i18n.language) },
          { title: t('cockpit.column.state'), render: (_, row) => t(`case.state.${row.state}`, row.state) },
        ]}
      />
    </section>
  );
}

/** Open tasks that nobody can do: first on the page, since they wait for whoever reads it. */
function Unattended({ tasks }: { tasks: Supervision['unattended'] }) {
  const { t } = useTranslation();
  return (
    <section className="ct-stack" aria-label={t('unattended.title')}>
      <h2>{t('unattended.title')}</h2>
      <p className="ct-soft">{t('unattended.hint')}</p>
      <ul className="ct-plain">
        {tasks.map((task) => (
          <li key={task.userTaskKey} className="ct-room-task">
            <Link to={`/work/case/${task.processInstanceKey}`}>{task.caseNo ?? task.name}</Link>
            <span>{task.name}</span>
            <span className="ct-soft">{task.candidates.map(({ name }) => name).join('、')}</span>
            {task.problem !== null && <span>{t('unattended.problem', { problem: task.problem })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Incidents({ incidents }: { incidents: NonNullable<Supervision['incidents']> }) {
  const { t } = useTranslation();
  return (
    <section className="ct-stack">
      <h2>{t('cockpit.incidents')}</h2>
      <ul className="ct-plain">
        {incidents.map((incident, index) => (
          <li key={`${incident.processInstanceKey}-${index}`} className="ct-room-task">
            <Lamp color="overdue" />
            <Link to={`/work/case/${incident.processInstanceKey}`}>
              {incident.title ?? incident.processInstanceKey}
            </Link>
            <span>
              {incident.elementId} {incident.message}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is supervised; one without a title is told by its case. */
const nameOf = ({ caseNo, title }: { caseNo: string; title?: string | null }): string => title || caseNo || '—';
