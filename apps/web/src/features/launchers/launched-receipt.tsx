import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Launched } from '../../lib/api-types.js';
import { LetterFrame } from '../../ui/letter.js';

type Props = { launched: Launched; title: string; close: () => void };

/** Saved: the number, the code to hand over, the receipt to print. */
export function LaunchedReceipt({ launched, title, close }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const toCase = () => {
    close();
    void navigate(`/work/case/${launched.processInstanceKey}`);
  };
  return (
    <div className="ct-stack">
      <div className="ct-done-note" role="status">
        {t('launch.done', { title })}
      </div>
      <section className="ct-receipt" aria-label={t('receipt.credentials')}>
        {launched.caseNo && (
          <div>
            <span className="ct-soft">{t('receipt.caseNo')}</span>
            <strong>{launched.caseNo}</strong>
          </div>
        )}
        {launched.trackingCode && (
          <div>
            <span className="ct-soft">{t('receipt.code')}</span>
            <strong className="ct-code">{launched.trackingCode}</strong>
          </div>
        )}
      </section>
      {launched.trackingCode && <p>{launched.handOver ?? t('launch.handOver')}</p>}
      {launched.receiptHtml && <LetterFrame html={launched.receiptHtml} title={t('receipt.paper')} height="420px" />}
      <div className="ct-action-bar">
        <Button type="primary" size="large" onClick={toCase}>
          {t('launch.toCase')}
        </Button>
        <Button size="large" onClick={close}>
          {t('launch.close')}
        </Button>
      </div>
    </div>
  );
}
