import type { ReactNode } from 'react';
import { Setting } from '../process/setting-fields.js';

type ControlProps = { id: string; status?: 'error'; 'aria-invalid'?: true };
type QuestionProps = {
  label: string;
  fault: string | null;
  hint?: string | undefined;
  children: (props: ControlProps) => ReactNode;
};

/** A question, and what is wrong with its answer. */
export function Question({ label, fault, hint, children }: QuestionProps) {
  return (
    <Setting
      label={label}
      hint={
        fault ? (
          <span role="alert" className="ct-create-fault">
            {fault}
          </span>
        ) : (
          hint
        )
      }
    >
      {(id) => children({ id, ...(fault && { status: 'error', 'aria-invalid': true }) })}
    </Setting>
  );
}
