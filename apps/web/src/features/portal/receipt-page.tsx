import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker, useNavigate } from 'react-router';
import type { Receipt } from '../../lib/api-types.js';
import { useWarnBeforeLeaving } from '../../lib/leaving.js';
import { LetterFrame } from '../../ui/letter.js';
import { useDocumentTitle } from '../../ui/page-frame.js';

type Props = { receipt: Receipt; pin: string; isHelped: boolean };

/** Number and code, shown this once: it is left only after the person says they are noted. */
export function ReceiptPage({ receipt, pin, isHelped }: Props) {
  const hasPin = pin !== '';
  const { t } = useTranslation();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const isNoted = useRef(false);
  const [noted, setNoted] = useState(false);
  const [isReminded, setReminded] = useState(false);
  useDocumentTitle(t('receipt.title'));
  useBlocker(() => {
    if (isNoted.current) return false;
    setReminded(true);
    return true;
  });
  useEffect(() => {
    heading.current?.focus();
    window.scrollTo(0, 0);
  }, []);
  useWarnBeforeLeaving(useCallback(() => !isNoted.current, []));
  const note = (value: boolean) => {
    isNoted.current = value;
    setNoted(value);
    setReminded(false);
  };
  return (
    <div className="ct-stack">
      <h1 ref={heading} tabIndex={-1}>
        {t('receipt.title')}
      </h1>
      {receipt.state && <p>{receipt.state.sentence}</p>}
      <section className="ct-receipt" aria-label={t('receipt.credentials')}>
        <div>
          <span className="ct-soft">{t('receipt.caseNo')}</span>
          <strong>{receipt.caseNo}</strong>
        </div>
        <div>
          <span className="ct-soft">{t('receipt.code')}</span>
          <strong className="ct-code" data-testid="tracking-code">
            {receipt.trackingCode}
          </strong>
        </div>
        {hasPin && (
          <div>
            <span className="ct-soft">{t('receipt.pin')}</span>
            <strong className="ct-code">{pin}</strong>
          </div>
        )}
      </section>
      <p>
        <strong>{t('receipt.once')}</strong> {t(hasPin ? 'receipt.howPin' : 'receipt.how')}{' '}
        {isHelped && t('receipt.own')}
      </p>
      {receipt.receiptHtml ? (
        <details className="ct-more">
          <summary>{t('receipt.paper')}</summary>
          <LetterFrame html={receipt.receiptHtml} title={t('receipt.paper')} />
        </details>
      ) : null}
      <div className="ct-wizard-buttons ct-no-print">
        <Button size="large" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
      </div>
      <label className="ct-choice ct-no-print" style={{ width: 'fit-content' }}>
        <input type="checkbox" checked={noted} onChange={(event) => note(event.target.checked)} />
        {t('receipt.noted')}
      </label>
      {isReminded && (
        <div className="ct-field-error" role="alert">
          {t('receipt.reminder')}
        </div>
      )}
      <div className="ct-wizard-buttons ct-no-print">
        <Button type="primary" size="large" disabled={!noted} onClick={() => void navigate('/')}>
          {t('receipt.leave')}
        </Button>
      </div>
    </div>
  );
}
