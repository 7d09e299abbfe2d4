import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { InstanceRow } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { DrillBadge } from '../../ui/drill-mark.js';
import { FoldingTable } from '../../ui/folding-table.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState } from '../../ui/states.js';
import { useInstances, type InstanceFilter } from './api.js';

/** All cases; one click leads to diagram, tasks and records of a case. */
export function InstancesPage() {
  const { t, i18n } = useTranslation();
  const [filter, setFilter] = useState<InstanceFilter>({ q: '', state: '', processId: '' });
  const instances = useInstances(filter);
  const rows = instances.data?.pages.flatMap((page) => page.items) ?? [];
  const states = ['ACTIVE', 'COMPLETED', 'TERMINATED'].map((value) => ({ value, label: t(`case.state.${value}`) }));
  return (
    <PageFrame title={t('cockpit.instances')}>
      <div className="ct-stack">
        <div className="ct-row" role="search">
          <Input.Search
            aria-label={t('work.search')}
            placeholder={t('work.search')}
            allowClear
            style={{ maxWidth: 320 }}
            onSearch={(q) => setFilter({ ...filter, q })}
          />
          <Select
            aria-label={t('cockpit.column.state')}
            style={{ minWidth: 140 }}
            value={filter.state}
            options={[{ value: '', label: t('cockpit.allStates') }, ...states]}
            onChange={(state) => setFilter({ ...filter, state })}
          />
        </div>
        {isFailed(instances) ? (
          <ErrorState error={instances.error} retry={() => void instances.refetch()} />
        ) : (
          <FoldingTable<InstanceRow>
            rowKey="processInstanceKey"
            dataSource={rows}
            loading={instances.isPending}
            size="middle"
            minWidth={800}
            pagination={false}
            locale={{ emptyText: <EmptyState title={t('work.noneFound')} /> }}
            columns={[
              {
                title: t('cockpit.column.title'),
                fixed: 'left',
                width: 260,
                render: (_, row) => (
                  <Link to={`/work/case/${row.processInstanceKey}`}>
                    {row.drill && <DrillBadge />} {row.title || row.processName}
                  </Link>
                ),
              },
              { title: t('case.caseNo'), render: (_, row) => row.caseNo ?? '—' },
              {
                title: t('case.process'),
                render: (_, row) => t('case.processVersion', { name: row.processName, version: row.version }),
              },
              {
                title: t('cockpit.column.state'),
                render: (_, row) => (
                  <>
                    {t(`case.state.${row.state}`, row.state)}
                    {row.hasIncident && <span className="ct-lamp ct-lamp-overdue">{t('diagram.incident')}</span>}
                  </>
                ),
              },
              { title: t('case.startedAt'), render: (_, row) => momentText(row.startedAt, i18n.language) },
            ]}
          />
        )}
        {instances.hasNextPage && (
          <Button loading={instances.isFetchingNextPage} onClick={() => void instances.fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </div>
    </PageFrame>
  );
}
