import { Button, Input, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskRow } from '../../lib/api-types.js';
import { counted } from '../../lib/counted.js';
import { isFailed } from '../../lib/is-failed.js';
import { TaskEnd } from '../../ui/case/task-end.js';
import { DrillBadge } from '../../ui/drill-mark.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../ui/states.js';
import type { TaskFilter, useTasks, View } from './api.js';

type Filter = Omit<TaskFilter, 'view'>;
type Props = {
  view: View;
  tasks: ReturnType<typeof useTasks>;
  rows: TaskRow[];
  filter: Filter;
  change: (filter: Filter) => void;
  current: string | null;
  /** How many tasks wait for somebody to take them. */
  claimable: number;
  suffix: string;
};

/** Tasks of one view: subject, number, step, deadline with lamp; searched, filtered and sorted by the server. */
export function TaskList({ view, tasks, rows, filter, change, current, claimable, suffix }: Props) {
  const { t } = useTranslation();
  const isWaiting = view === 'mine' && claimable > 0;
  const emptyHint = isWaiting ? t('work.claimableHint', { shown: counted(claimable) }) : t('work.noneHint');
  const isFiltered = filter.q !== '' || filter.lamp !== '';
  return (
    <section className="ct-tasks" aria-label={t(`work.view.${view}`)}>
      <Tools filter={filter} change={change} />
      {tasks.isPending && <ListSkeleton />}
      {isFailed(tasks) && <ErrorState error={tasks.error} retry={() => void tasks.refetch()} />}
      {tasks.isSuccess && rows.length === 0 && (
        <EmptyState
          title={t(isFiltered ? 'work.noneFound' : `work.none.${view}`)}
          hint={isFiltered ? t('work.noneFoundHint') : emptyHint}
        />
      )}
      <ul className="ct-plain">
        {rows.map((row) => (
          <li key={row.userTaskKey}>
            <Row row={row} isOpen={row.userTaskKey === current} to={`/work/tasks/${row.userTaskKey}${suffix}`} />
          </li>
        ))}
      </ul>
      {tasks.hasNextPage && (
        <div style={{ padding: 16, textAlign: 'center' }}>
          <Button loading={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Tools({ filter, change }: { filter: Filter; change: (filter: Filter) => void }) {
  const { t } = useTranslation();
  const lamps = ['overdue', 'urgent', 'near', 'normal'].map((lamp) => ({ value: lamp, label: t(`lamp.${lamp}`) }));
  return (
    <div className="ct-task-tools" role="search">
      <Input.Search
        aria-label={t('work.search')}
        placeholder={t('work.search')}
        allowClear
        onSearch={(q) => change({ ...filter, q })}
        style={{ flex: '1 1 100%' }}
      />
      <Select
        aria-label={t('work.lampFilter')}
        value={filter.lamp}
        options={[{ value: '', label: t('work.allLamps') }, ...lamps]}
        onChange={(lamp) => change({ ...filter, lamp })}
        style={{ flex: 1 }}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('work.sort')}
        value={filter.sort}
        options={(['due', 'created'] as const).map((value) => ({ value, label: t(`work.sortBy.${value}`) }))}
        onChange={(sort) => change({ ...filter, sort })}
        style={{ flex: 1 }}
        popupMatchSelectWidth={false}
      />
    </div>
  );
}

function Row({ row, isOpen, to }: { row: TaskRow; isOpen: boolean; to: string }) {
  const { t } = useTranslation();
  return (
    <Link to={to} className={`ct-task-row ${isOpen ? 'is-open' : ''}`} {...(isOpen ? { 'aria-current': 'true' } : {})}>
      <div className="ct-task-name">
        {row.drill && <DrillBadge />} {row.name}
        {row.inPlaceOf && <Tag>{t('substitutes.inPlaceOf', { name: row.inPlaceOf.name })}</Tag>}
        {row.notYours && <Tag>{t('work.notYours')}</Tag>}
      </div>
      <div>{row.title}</div>
      <div className="ct-task-meta">
        <span>{row.caseNo ?? row.processName}</span>
        {row.unit && <span>{row.unit.name}</span>}
        <span>{row.assignee ? row.assignee.name : t('work.unassigned')}</span>
      </div>
      <TaskEnd task={row} short />
    </Link>
  );
}
