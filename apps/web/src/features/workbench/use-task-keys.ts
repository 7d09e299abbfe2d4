import { useEffect } from 'react';
import type { TaskRow } from '../../lib/api-types.js';

type Options = { rows: TaskRow[]; current: string | null; open: (key: string) => void };

/** j and k go through the list, Enter opens the first task, e goes into its form; never while typing. */
export function useTaskKeys({ rows, current, open }: Options): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const index = rows.findIndex((row) => row.userTaskKey === current);
      const target = targetOf(event.key, index);
      const row = target === null ? undefined : rows[target];
      if (row) {
        event.preventDefault();
        open(row.userTaskKey);
      }
      if (event.key === 'e') focusForm(event);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [rows, current, open]);
}

function targetOf(key: string, index: number): number | null {
  if (key === 'j') return index + 1;
  if (key === 'k') return Math.max(0, index - 1);
  return key === 'Enter' && index < 0 ? 0 : null;
}

function isBusy(target: EventTarget | null): boolean {
  const busy = 'input, textarea, select, button, a, [role="dialog"], [contenteditable]';
  return target instanceof HTMLElement && target.closest(busy) !== null;
}

function focusForm(event: KeyboardEvent): void {
  const control = document.querySelector<HTMLElement>(
    '.ct-task-pane .ct-form :is(input, textarea, select):not(:disabled)',
  );
  if (!control) return;
  event.preventDefault();
  control.focus();
}
