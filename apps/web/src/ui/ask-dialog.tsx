import { Input, Modal } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemTexts } from './states.js';

type Props = {
  title: string;
  /** What it does, before anything is written. */
  text?: string;
  confirm: string;
  danger?: boolean;
  /** All that was written, as one text: a refusal says nothing of what is written after it. */
  written: string;
  /** What is still to be written, as a sentence; empty where nothing is. */
  lacking: () => string;
  send: () => Promise<void>;
  close: () => void;
  children: ReactNode;
};

/** Says what happens, asks for what it needs, and stays open with the words while it is refused; Esc does not throw them away. */
export function AskDialog({ title, text, confirm, danger = false, written, lacking, send, close, children }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  const [atFirst] = useState(written);
  const isUntouched = written === atFirst;
  useEffect(() => setProblem(''), [written]);
  const submit = async () => {
    const sentence = lacking();
    setProblem(sentence);
    if (sentence !== '') return;
    setSending(true);
    try {
      await send();
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
      okButtonProps={{ danger }}
      cancelText={t('common.cancel')}
      confirmLoading={isSending}
      onOk={() => void submit()}
      onCancel={close}
      keyboard={isUntouched}
      mask={{ closable: isUntouched }}
    >
      <div className="ct-stack">
        {text !== undefined && <p>{text}</p>}
        {children}
        {problem && (
          <div className="ct-field-error" role="alert">
            {problem}
          </div>
        )}
      </div>
    </Modal>
  );
}

type ReasonProps = {
  label: string;
  hint?: string;
  autoFocus?: boolean;
  /** Characters. */
  most: number;
  reason: string;
  onChange: (reason: string) => void;
};

/** Why something is done, in the words of whoever does it. */
export function ReasonField({ label, hint, autoFocus = false, most, reason, onChange }: ReasonProps) {
  const id = useId();
  return (
    <div>
      <label className="ct-label" htmlFor={id}>
        {label}
      </label>
      <Input.TextArea
        id={id}
        autoFocus={autoFocus}
        rows={3}
        maxLength={most}
        value={reason}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && <div className="ct-soft">{hint}</div>}
    </div>
  );
}
