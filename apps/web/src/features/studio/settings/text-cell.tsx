import { Input } from 'antd';
import { useEffect, useState } from 'react';

type TextProps = {
  label: string;
  value: unknown;
  status: 'error' | undefined;
  isDate?: boolean;
  /** What reads as a number is written as one, also where a text stood. */
  isNumber?: boolean;
  /** A formula or a sentence, which may take several lines. */
  isLong?: boolean;
  set: (value: unknown) => void;
};

/** A number stays one as long as it reads as one; it is written when the cell is left. */
export function TextCell({ label, value, status, isDate, isNumber, isLong, set }: TextProps) {
  const shown = value === undefined || value === null ? '' : String(value);
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const commit = () => {
    if (typed === shown) return;
    const number = Number(typed);
    set(
      (isNumber || typeof value === 'number') && typed.trim() !== '' && !Number.isNaN(number) ? number : typed.trim(),
    );
  };
  const shared = {
    variant: 'filled',
    size: 'small',
    'aria-label': label,
    status,
    value: typed,
    onBlur: commit,
  } as const;
  if (isLong)
    return (
      <Input.TextArea
        {...shared}
        className={typed.startsWith('=') ? 'ct-formula' : ''}
        autoSize={{ minRows: 1, maxRows: 8 }}
        onChange={(event) => setTyped(event.target.value)}
      />
    );
  return (
    <Input
      {...shared}
      type={isDate ? 'date' : 'text'}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={commit}
    />
  );
}
