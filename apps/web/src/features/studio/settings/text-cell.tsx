import { Input } from 'antd';
import { useEffect, useState } from 'react';

type TextProps = {
  label: string;
  value: unknown;
  status: 'error' | undefined;
  isDate?: boolean;
  set: (value: unknown) => void;
};

/** A number stays one as long as it reads as one; it is written when the cell is left. */
export function TextCell({ label, value, status, isDate, set }: TextProps) {
  const shown = value === undefined || value === null ? '' : String(value);
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const commit = () => {
    if (typed === shown) return;
    const number = Number(typed);
    set(typeof value === 'number' && typed.trim() !== '' && !Number.isNaN(number) ? number : typed.trim());
  };
  return (
    <Input
      variant="filled"
      size="small"
      type={isDate ? 'date' : 'text'}
      aria-label={label}
      status={status}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onPressEnter={commit}
    />
  );
}
