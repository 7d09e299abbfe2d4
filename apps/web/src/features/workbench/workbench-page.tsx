import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { TaskPage } from '../../lib/api-types.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { EmptyState } from '../../ui/states.js';
import { useCopies } from './actions/api.js';
import { CopiesPane } from './actions/copies-pane.js';
import { useTasks, views, type TaskFilter, type View } from './api.js';
import { KeyHint } from './key-hint.js';
import { TaskList } from './task-list.js';
import { TaskPane } from './task-pane.js';
import { useTaskKeys } from './use-task-keys.js';
import { ViewList } from './view-list.js';

/** Views, list and task beside each other; on a phone one after the other. */
export function WorkbenchPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { taskKey } = useParams();
  const [search, setSearch] = useSearchParams();
  const [filter, setFilter] = useState<Omit<TaskFilter, 'view'>>({ q: '', lamp: '', sort: 'due' });
  const asked = views.find((name) => name === search.get('view'));
  const counts = useTasks({ ...filter, view: 'mine' }).data?.pages[0]?.counts;
  const view = asked ?? firstBusyView(counts);
  const tasks = useTasks({ ...filter, view });
  const rows = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  const isCopies = !taskKey && search.get('view') === 'copies';
  const copies = useCopies();
  const suffix = `?view=${view}`;
  const open = (key: string) => void navigate(`/work/tasks/${key}${suffix}`);
  useDocumentTitle(t('nav.work'));
  useTaskKeys({ rows, current: taskKey ?? null, open });
  const choose = (next: View | 'copies') => {
    if (taskKey) void navigate(`/work?view=${next}`);
    else setSearch({ view: next });
  };
  return (
    <div className={`ct-bench ${taskKey || isCopies ? 'has-task' : ''}`}>
      <ViewList
        view={isCopies ? 'copies' : view}
        unread={copies.data?.unread ?? 0}
        counts={tasks.data?.pages[0]?.counts}
        choose={choose}
      />
      <TaskList
        view={view}
        tasks={tasks}
        rows={rows}
        filter={filter}
        change={setFilter}
        current={taskKey ?? null}
        claimable={counts?.claimable ?? 0}
        suffix={suffix}
      />
      <section className="ct-task-pane" aria-label={t('work.task')}>
        {isCopies ? (
          <CopiesPane />
        ) : taskKey ? (
          <TaskPane key={taskKey} taskKey={taskKey} back={`/work${suffix}`} />
        ) : (
          <EmptyState title={t('work.chooseTask')} hint={<KeyHint />} />
        )}
      </section>
    </div>
  );
}

/** Where the day begins: with one's own tasks, else with those that wait for somebody. */
function firstBusyView(counts: TaskPage['counts'] | undefined): View {
  return counts && counts.mine === 0 && counts.claimable > 0 ? 'claimable' : 'mine';
}
