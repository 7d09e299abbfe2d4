import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportLedger, type Ledger, type LedgerWish } from '../../lib/api/ledgers.js';
import { saveFile } from '../../lib/save-file.js';
import { useProblemTexts } from '../../ui/states.js';

type Props = { ledger: Ledger; wish: LedgerWish; columns: string[]; count: string; close: () => void };

/** Asks why before anything leaves; says what will be in the file and what is recorded. */
export function ExportDialog({ ledger, wish, columns, count, close }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const problemText = useProblemTexts();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  const send = async () => {
    if (reason.trim().length < 2) return setProblem(t('reveal.tooShort'));
    setSending(true);
    try {
      saveFile(await exportLedger(ledger.id, wish, { reason: reason.trim(), columns }));
      void message.success(t('ledgers.exported'));
      close();
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <Modal
      open
      title={t('ledgers.exportOf', { title: ledger.title })}
      okText={t('ledgers.exportGo')}
      cancelText={t('common.cancel')}
      confirmLoading={isSending}
      onOk={() => void send()}
      onCancel={close}
    >
      <div className="ct-stack" style={{ gap: 8 }}>
        <span>{t('ledgers.exportWhat', { count })}</span>
        <label htmlFor="export-reason">{t('ledgers.exportReason')}</label>
        <Input
          id="export-reason"
          autoFocus
          maxLength={200}
          value={reason}
          aria-invalid={problem !== ''}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={() => void send()}
        />
        <div className="ct-choices">
          {(t('ledgers.exportReasons', { returnObjects: true }) as string[]).map((preset) => (
            <Button key={preset} size="small" onClick={() => setReason(preset)}>
              {preset}
            </Button>
          ))}
        </div>
        {problem && (
          <div className="ct-field-error" role="alert">
            {problem}
          </div>
        )}
        <span className="ct-soft">{t('ledgers.exportNote')}</span>
      </div>
    </Modal>
  );
}
