import { useState } from 'react';

/** Text of an editor; what equals the start again is no change. */
export function useTextDraft(content: string, onChange: (content: string | null) => void) {
  const [opened] = useState(content);
  const [text, setText] = useState(content);
  const change = (next: string) => {
    setText(next);
    onChange(next === opened ? null : next);
  };
  return { text, change };
}
