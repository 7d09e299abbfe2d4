import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../../lib/api-types.js';
import { anchorOf } from './form-context.js';

/** All mistakes at the top, each a link to its field; takes the focus when mistakes appear. */
export function ErrorSummary({ problems }: { problems: FieldProblem[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const hasProblems = problems.length > 0;
  useEffect(() => {
    if (hasProblems) box.current?.focus();
  }, [hasProblems]);
  if (!hasProblems) return null;
  return (
    <div className="ct-error-summary" role="alert" tabIndex={-1} ref={box}>
      <strong>{t('form.errorTitle', { count: problems.length })}</strong>
      <ul>
        {problems.map(({ path, message }) => (
          <li key={path + message}>
            <a
              href={`#${anchorOf(path)}`}
              onClick={(event) => {
                event.preventDefault();
                goToField(path);
              }}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function goToField(path: string): void {
  const field = document.getElementById(anchorOf(path));
  field?.closest('details')?.setAttribute('open', '');
  field?.scrollIntoView({ block: 'center' });
  const control = field?.querySelector<HTMLElement>('input, textarea, select, button');
  (control ?? field)?.focus();
}
