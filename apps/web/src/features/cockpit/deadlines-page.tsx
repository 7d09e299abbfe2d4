import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeadlineRow, Deadlines } from '../../lib/api/deadlines.js';
import type { LampColor } from '../../lib/api-types.js';
import { call } from '../../lib/api/client.js';
import { endText } from '../../lib/deadline.js';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { Deadline } from '../../ui/deadline.js';
import { DrillBadge } from '../../ui/drill-mark.js';
import { DUE, FoldingTable, type FoldingColumn } from '../../ui/folding-table.js';
import { PageFrame } from '../../ui/page-frame.js';
import { ErrorState, PageSkeleton } from '../../ui/states.js';

const LAMPS: readonly LampColor[] = ['overdue', 'urgent', 'near', 'normal'];

/** Which deadlines are open, near and overdue, and what publications moved. */
export function DeadlinesPage() {
  const { t, i18n } = useTranslation();
  const [lamp, setLamp] = useState<LampColor | null>(null);
  const deadlines = useQuery({
    queryKey: ['supervision', 'deadlines', lamp],
    queryFn: (): Promise<Deadlines> => call('GET /api/deadlines', { query: { lamp } }),
    refetchInterval: 60_000,
    placeholderData: (known) => known,
  });
  if (deadlines.isPending) return <PageSkeleton />;
  if (isFailed(deadlines)) return <ErrorState error={deadlines.error} retry={() => void deadlines.refetch()} />;
  const { at, counts, items, publications } = deadlines.data;
  return (
    <PageFrame
      title={t('cockpit.deadlines')}
      subtitle={`${t('cockpit.at', { at: momentText(at, i18n.language) })} · ${t('cockpit.deadlinesHint')}`}
    >
      <div className="ct-stack" style={{ gap: 32 }}>
        <section className="ct-stack" aria-label={t('cockpit.deadlines')}>
          <div className="ct-tiles">
            {LAMPS.map((color) => (
              <button
                key={color}
                type="button"
                className="ct-tile"
                aria-pressed={lamp === color}
                onClick={() => setLamp(lamp === color ? null : color)}
              >
                <strong>{t(`lamp.${color}`)}</strong>
                <span className={`ct-tile-number ${color === 'overdue' && counts[color] > 0 ? 'is-bad' : ''}`}>
                  {counts[color]}
                </span>
              </button>
            ))}
          </div>
          <DeadlineTable rows={items} />
        </section>
        {publications.length > 0 && <Publications publications={publications} />}
      </div>
    </PageFrame>
  );
}

function DeadlineTable({ rows }: { rows: DeadlineRow[] }) {
  const { t, i18n } = useTranslation();
  const faults: FoldingColumn<DeadlineRow> = { title: t('deadline.fault'), render: (_, row) => row.fault ?? '' };
  return (
    <FoldingTable<DeadlineRow>
      rowKey={(row) => `${row.deadlineId}-${row.processInstanceKey}-${row.dueAt}-${row.step}`}
      dataSource={rows}
      size="middle"
      minWidth={1000}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: t('deadline.noDeadlines') }}
      columns={[
        {
          title: t('cockpit.column.title'),
          fixed: 'left',
          width: 240,
          render: (_, row) => (
            <Link to={`/work/case/${row.processInstanceKey}`}>
              {row.drill && <DrillBadge />} {row.caseTitle || row.caseNo}
            </Link>
          ),
        },
        { title: t('case.caseNo'), dataIndex: 'caseNo' },
        {
          title: t('deadline.name'),
          render: (_, row) => (
            <span title={row.clause ?? ''}>
              {row.title}
              {row.step && row.step !== row.title ? ` · ${row.step}` : ''}
            </span>
          ),
        },
        { title: t('cockpit.column.unit'), render: (_, row) => row.unit?.name ?? '—' },
        {
          title: t('cockpit.column.due'),
          key: DUE,
          width: 340,
          render: (_, row) => (row.paused ? t('deadline.paused') : <Deadline dueAt={row.dueAt} lamp={row.lamp} />),
        },
        {
          title: t('deadline.nextMark'),
          render: (_, row) => (row.nextAt ? endText(Date.parse(row.nextAt), i18n.language) : '—'),
        },
        ...(rows.some(({ fault }) => fault) ? [faults] : []),
      ]}
    />
  );
}

function Publications({ publications }: { publications: Deadlines['publications'] }) {
  const { t, i18n } = useTranslation();
  return (
    <section className="ct-stack">
      <h2>{t('deadline.recomputed')}</h2>
      <ul className="ct-plain">
        {publications.map(({ setId, publishedAt, doneAt, earlier, later, kept }) => (
          <li key={setId}>
            {t('deadline.recomputedCounts', {
              at: momentText(publishedAt, i18n.language),
              earlier,
              later,
              kept,
            })}{' '}
            <span className="ct-soft">{doneAt ? '' : t('deadline.recomputing')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
