import { useImperativeHandle, useRef, type KeyboardEvent, type Ref } from 'react';

export type CodeAreaHandle = { goToLine: (line: number) => void; lineOf: (text: string) => number | undefined };
type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Numbers of lines with a fault, from 1, and what is wrong there. */
  faults: ReadonlyMap<number, string>;
  /** Prose: long lines are wrapped, and so have no numbers. */
  isProse?: boolean;
  ref?: Ref<CodeAreaHandle>;
};

const LINE_HEIGHT = 20;

/** A text with line numbers; Tab indents by two spaces, after Escape it moves on to the next control. */
export function CodeArea({ label, value, onChange, faults, isProse = false, ref }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const mayLeave = useRef(false);
  useImperativeHandle(ref, () => ({
    goToLine: (line) => goToLine(area.current, line),
    lineOf: (text) => lineOf(area.current?.value ?? '', text),
  }));
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') mayLeave.current = true;
    else if (event.key !== 'Tab') mayLeave.current = false;
    else if (!mayLeave.current && !event.shiftKey) {
      event.preventDefault();
      insertText(event.currentTarget, '  ');
    }
  };
  const lines = value.split('\n').length;
  return (
    <div className={isProse ? 'ct-code is-prose' : 'ct-code'}>
      {!isProse && (
        <div className="ct-code-gutter" ref={gutter} aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            <div key={index} className={faults.has(index + 1) ? 'is-fault' : undefined} title={faults.get(index + 1)}>
              {index + 1}
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={area}
        aria-label={label}
        aria-invalid={faults.size > 0}
        spellCheck={false}
        wrap={isProse ? 'soft' : 'off'}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={press}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

/** `execCommand` is the one way that keeps the browser's own undo. */
function insertText(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  if (document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function goToLine(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return;
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((length, text) => length + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  area.scrollTop = Math.max(0, (line - 1) * LINE_HEIGHT - area.clientHeight / 2);
}

function lineOf(value: string, text: string): number | undefined {
  const at = value.indexOf(text);
  return at < 0 ? undefined : value.slice(0, at).split('\n').length;
}
