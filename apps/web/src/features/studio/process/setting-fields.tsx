import { Input } from 'antd';
import { useCallback, useEffect, useId, useRef, useState, type ReactNode } from 'react';

type SettingProps = { label: string; hint?: ReactNode; children: (id: string) => ReactNode };

/** A label above its control, a quiet hint below. */
export function Setting({ label, hint, children }: SettingProps) {
  const id = useId();
  return (
    <div className="ct-setting">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <div className="ct-setting-hint">{hint}</div>}
    </div>
  );
}

type TextProps = {
  label: string;
  value: string;
  save: (value: string) => void;
  hint?: string;
  rows?: number;
};

const PAUSE_MS = 400;

/** A text that is handed over when the typing pauses, and when the field is left or goes away. */
export function TextSetting({ label, value, save, hint, rows = 1 }: TextProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const pending = useRef<string | null>(null);
  const target = useRef({ save, value });
  useEffect(() => {
    target.current = { save, value };
  });
  const handOver = useCallback(() => {
    const next = pending.current;
    pending.current = null;
    if (next !== null && next !== target.current.value) target.current.save(next);
  }, []);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(handOver, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, handOver]);
  useEffect(() => handOver, [handOver]);
  const change = (text: string) => {
    pending.current = text;
    setTyped(text);
  };
  const leave = () => {
    handOver();
    setTyped(null);
  };
  return (
    <Setting label={label} hint={hint}>
      {(id) => (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: rows, maxRows: 6 }}
          value={typed ?? value}
          onChange={(event) => change(event.target.value)}
          onBlur={leave}
          onKeyDown={(event) => {
            if (rows > 1 || event.key !== 'Enter') return;
            event.preventDefault();
            handOver();
          }}
        />
      )}
    </Setting>
  );
}
