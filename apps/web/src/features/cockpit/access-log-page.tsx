import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccessEntry } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { FoldingTable } from '../../ui/folding-table.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState } from '../../ui/states.js';
import { useAccessLog } from './api.js';

/** Who opened which protected field of which case, when and why. */
export function AccessLogPage() {
  const { t, i18n } = useTranslation();
  const log = useAccessLog();
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  if (isFailed(log)) return <ErrorState error={log.error} retry={() => void log.refetch()} />;
  return (
    <PageFrame title={t('cockpit.accessLog')} subtitle={t('cockpit.accessLogHint')}>
      <div className="ct-stack">
        <FoldingTable<AccessEntry>
          rowKey={(row) => `${row.at}-${row.account?.id}-${row.field}-${row.caseNo}`}
          dataSource={rows}
          loading={log.isPending}
          size="middle"
          minWidth={800}
          pagination={false}
          locale={{ emptyText: <EmptyState title={t('cockpit.noAccess')} /> }}
          columns={[
            { title: t('cockpit.column.at'), render: (_, row) => momentText(row.at, i18n.language) },
            { title: t('cockpit.column.account'), render: (_, row) => row.account?.name ?? '—' },
            {
              title: t('cockpit.column.role'),
              render: (_, row) => (typeof row.role === 'string' ? row.role : row.role.name),
            },
            { title: t('case.caseNo'), render: (_, row) => row.caseNo ?? '—' },
            { title: t('cockpit.column.class'), dataIndex: 'class' },
            { title: t('cockpit.column.field'), dataIndex: 'field' },
            { title: t('cockpit.column.reason'), dataIndex: 'reason' },
          ]}
        />
        {log.hasNextPage && (
          <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </div>
    </PageFrame>
  );
}
