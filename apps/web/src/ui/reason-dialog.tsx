import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemTexts } from './states.js';

type Props = {
  title: string;
  /** What it does, before anything is written. */
  text: string;
  confirm: string;
  danger?: boolean;
  send: (reason: string) => Promise<void>;
  close: () => void;
};

const SHORTEST = 2;
const LONGEST = 1000;

/** Says what happens, asks why, and stays open with the words while it is refused. */
export function ReasonDialog({ title, text, confirm, danger = false, send, close }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const problemText = useProblemTexts();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  const submit = async () => {
    if (reason.trim().length < SHORTEST) return setProblem(t('keeping.reasonMissing'));
    setSending(true);
    try {
      await send(reason.trim());
      close();
    } catch (error) {
      setProblem(problemText(error));
      setSending(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      okText={confirm}
      okButtonProps={{ danger, loading: isSending }}
      cancelText={t('common.cancel')}
      onOk={() => void submit()}
      onCancel={close}
    >
      <div className="ct-stack">
        <p>{text}</p>
        <div>
          <label className="ct-label" htmlFor={id}>
            {t('keeping.reason')}
          </label>
          <Input.TextArea
            id={id}
            autoFocus
            rows={3}
            maxLength={LONGEST}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
              setProblem('');
            }}
          />
          <div className="ct-soft">{t('keeping.reasonHint')}</div>
        </div>
        {problem && (
          <div className="ct-field-error" role="alert">
            {problem}
          </div>
        )}
      </div>
    </Modal>
  );
}
