import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JsonFault } from './json-fault.js';

export function JsonFaultNote({ fault, goTo }: { fault: JsonFault; goTo: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="error"
      showIcon
      title={t('studio.jsonFault', { line: fault.line })}
      description={fault.message}
      action={
        <Button size="small" onClick={goTo}>
          {t('studio.goToLine')}
        </Button>
      }
    />
  );
}
