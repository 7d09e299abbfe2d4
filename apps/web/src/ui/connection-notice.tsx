import { Alert } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../lib/connection.js';

/** Says that the server does not answer, as long as it does not. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const isLost = useSyncExternalStore(connection.subscribe, connection.isLost);
  return (
    <div role="status" className="ct-connection ct-no-print">
      {isLost && <Alert banner type="warning" role="presentation" title={t('error.connectionLost')} />}
    </div>
  );
}
