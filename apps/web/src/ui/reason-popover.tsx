import { Button, Checkbox, Input, Popover } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemTexts } from './states.js';

type Asking = {
  question: string;
  ask: (reason: string, isForMore: boolean) => Promise<void>;
  /** What stands in the field at first. */
  given?: string;
  /** Asked when it opens: what else the same reason may be given for; null where there is nothing. */
  more?: () => string | null;
};

type Props = Asking & { label: string; disabled?: boolean; describe?: string };

/** A button that asks why before it does anything; the answer is recorded by the server. */
export function ReasonPopover({ label, disabled = false, describe, ...asking }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<ReasonForm {...asking} done={() => setOpen(false)} />}
    >
      <Button size="small" disabled={disabled} aria-label={describe ?? label}>
        {label}
      </Button>
    </Popover>
  );
}

function ReasonForm({ question, ask, given = '', more, done }: Asking & { done: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const problemText = useProblemTexts();
  const [reason, setReason] = useState(given);
  const [offer] = useState(() => more?.() ?? null);
  const [isForMore, setForMore] = useState(false);
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  const submit = async () => {
    if (reason.trim().length < 2) return setProblem(t('reveal.tooShort'));
    setSending(true);
    try {
      await ask(reason.trim(), isForMore);
      done();
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      className="ct-stack"
      style={{ width: 'min(320px, 80vw)', gap: 8 }}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void submit();
      }}
    >
      <label htmlFor={id}>{question}</label>
      <Input id={id} autoFocus maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      <div className="ct-choices">
        {(t('reveal.reasons', { returnObjects: true }) as string[]).map((preset) => (
          <Button key={preset} size="small" onClick={() => setReason(preset)}>
            {preset}
          </Button>
        ))}
      </div>
      {offer !== null && (
        <Checkbox checked={isForMore} onChange={(event) => setForMore(event.target.checked)}>
          {offer}
        </Checkbox>
      )}
      {problem && <div className="ct-field-error">{problem}</div>}
      <span className="ct-soft">{t('reveal.note')}</span>
      <Button type="primary" htmlType="submit" loading={isSending}>
        {t('reveal.confirm')}
      </Button>
    </form>
  );
}
