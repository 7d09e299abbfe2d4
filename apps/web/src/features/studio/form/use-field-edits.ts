import { useEffect, useRef, useState } from 'react';

const LIMIT = 100;

export type FieldEdits = {
  /** Makes a new text from the newest one; what gives the same text is no change. */
  edit: (change: (text: string) => string) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
  /** After a change that was typed into the text itself, which has an undo of its own. */
  forget: () => void;
};

/** Changes of a text that can be taken back, one after the other. */
export function useFieldEdits(text: string, change: (text: string) => void): FieldEdits {
  const [past, setPast] = useState<readonly string[]>([]);
  const [future, setFuture] = useState<readonly string[]>([]);
  const newest = useRef(text);
  useEffect(() => {
    newest.current = text;
  }, [text]);
  const show = (next: string) => {
    newest.current = next;
    change(next);
  };
  const edit = (make: (text: string) => string) => {
    const before = newest.current;
    const next = make(before);
    if (next === before) return;
    setPast((known) => [...known.slice(1 - LIMIT), before]);
    setFuture([]);
    show(next);
  };
  const step = (from: readonly string[], isUndo: boolean) => {
    const target = from.at(-1);
    if (target === undefined) return null;
    return () => {
      const here = newest.current;
      setPast((known) => (isUndo ? known.slice(0, -1) : [...known, here]));
      setFuture((known) => (isUndo ? [...known, here] : known.slice(0, -1)));
      show(target);
    };
  };
  const forget = () => {
    setPast([]);
    setFuture([]);
  };
  return { edit, undo: step(past, true), redo: step(future, false), forget };
}
