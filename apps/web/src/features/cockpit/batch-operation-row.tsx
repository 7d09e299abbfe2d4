import { Button, Progress } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BatchOperation } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { ErrorState, ListSkeleton } from '../../ui/states.js';
import { changeBatchOperation, useFailedItems, type BatchChange } from './operations-api.js';
import { useChange } from './use-change.js';

const changes: Readonly<Record<string, readonly BatchChange[]>> = {
  CREATED: ['suspension', 'cancellation'],
  ACTIVE: ['suspension', 'cancellation'],
  SUSPENDED: ['resumption', 'cancellation'],
};

/** One operation: what, how far, what failed, and what can be done about it now. */
export function BatchOperationRow({ batch }: { batch: BatchOperation }) {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const failedId = useId();
  const { operationsFailedCount: failed, errors } = batch;
  const name = t(`operations.type.${batch.batchOperationType}`, batch.batchOperationType);
  const [begun, ended] = [batch.startDate, batch.endDate].map((at) => momentText(at, i18n.language));
  return (
    <li className="ct-room-task">
      <div className="ct-stack" style={{ flex: '1 1 260px', gap: 4 }}>
        <div>
          <strong>{name}</strong> · {t(`operations.state.${batch.state}`, batch.state)}
        </div>
        <BatchProgress batch={batch} name={name} />
        {errors.map(({ message }) => (
          <div key={message} className="ct-field-error">
            {message}
          </div>
        ))}
        <div className="ct-soft">
          {ended ? t('operations.ranFrom', { begun, ended }) : t('operations.begun', { begun })}
        </div>
      </div>
      <div className="ct-choices">
        {failed > 0 && (
          <Button aria-expanded={isOpen} aria-controls={failedId} onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? 'operations.hideFailed' : 'operations.showFailed')}
          </Button>
        )}
        <BatchChanges batch={batch} name={name} />
      </div>
      {isOpen && (
        <div id={failedId} style={{ flexBasis: '100%' }}>
          <FailedItems batchOperationKey={batch.batchOperationKey} />
        </div>
      )}
    </li>
  );
}

function BatchProgress({ batch, name }: { batch: BatchOperation; name: string }) {
  const { t } = useTranslation();
  const { operationsTotalCount: total, operationsCompletedCount: completed, operationsFailedCount: failed } = batch;
  const done = completed + failed;
  const percent = total === 0 ? (batch.endDate ? 100 : 0) : Math.floor((100 * done) / total);
  return (
    <>
      <Progress
        percent={percent}
        status={failed > 0 ? 'exception' : batch.state === 'COMPLETED' ? 'success' : 'normal'}
        showInfo={false}
        aria-label={t('operations.progressOf', { name })}
        style={{ maxWidth: 420 }}
      />
      <div>
        {t('operations.progress', { done, total })}
        {failed > 0 && <span className="ct-lamp ct-lamp-overdue">{t('operations.failed', { count: failed })}</span>}
      </div>
    </>
  );
}

function BatchChanges({ batch, name }: { batch: BatchOperation; name: string }) {
  const { t } = useTranslation();
  const change = useChange(['batch-operations']);
  const begin = (how: BatchChange) =>
    change({
      ...(how === 'cancellation'
        ? { ask: t('operations.cancelAsk', { name }), confirm: t('operations.cancellation') }
        : {}),
      done: t(`operations.${how}Done`),
      act: () => changeBatchOperation(batch.batchOperationKey, how),
    });
  return (changes[batch.state] ?? []).map((how) => (
    <Button
      key={how}
      danger={how === 'cancellation'}
      aria-label={`${t(`operations.${how}`)}：${name}`}
      onClick={() => void begin(how)}
    >
      {t(`operations.${how}`)}
    </Button>
  ));
}

function FailedItems({ batchOperationKey }: { batchOperationKey: string }) {
  const { t } = useTranslation();
  const failed = useFailedItems(batchOperationKey);
  if (failed.isPending) return <ListSkeleton rows={2} />;
  if (isFailed(failed)) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  return (
    <ul className="ct-plain ct-stack">
      {failed.data.map((item) => (
        <li key={item.itemKey}>
          <Link to={`/work/case/${item.processInstanceKey}`}>
            {t('operations.instance', { key: item.processInstanceKey })}
          </Link>
          <div className="ct-soft">{item.errorMessage}</div>
        </li>
      ))}
    </ul>
  );
}
