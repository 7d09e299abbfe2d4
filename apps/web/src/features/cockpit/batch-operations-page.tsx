import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isFailed } from '../../lib/is-failed.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../ui/states.js';
import { BatchOperationRow } from './batch-operation-row.js';
import { useBatchOperations } from './operations-api.js';

/** What runs over many cases: how far it is, what failed, and holding, continuing or ending it. */
export function BatchOperationsPage() {
  const { t } = useTranslation();
  const batches = useBatchOperations();
  const rows = batches.data?.pages.flatMap((page) => page.items) ?? [];
  if (isFailed(batches)) return <ErrorState error={batches.error} retry={() => void batches.refetch()} />;
  return (
    <PageFrame title={t('cockpit.batchOperations')} subtitle={t('operations.batchHint')} width={960}>
      {batches.isPending && <ListSkeleton />}
      {batches.isSuccess && rows.length === 0 && (
        <EmptyState title={t('operations.noBatch')} hint={t('operations.noBatchHint')} />
      )}
      <ul className="ct-plain" aria-label={t('cockpit.batchOperations')}>
        {rows.map((batch) => (
          <BatchOperationRow key={batch.batchOperationKey} batch={batch} />
        ))}
      </ul>
      {batches.hasNextPage && (
        <Button loading={batches.isFetchingNextPage} onClick={() => void batches.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </PageFrame>
  );
}
