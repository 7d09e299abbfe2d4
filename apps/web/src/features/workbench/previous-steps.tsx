import { useTranslation } from 'react-i18next';
import type { PreviousStep } from '../../lib/api-types.js';
import { momentText } from '../../lib/time.js';
import { CaseValue } from '../../ui/sealed-value.js';
import { openSteps } from './open-steps.js';

/** 上一步意见 above the form, newest first: open down to the work that is decided upon, earlier ones folded. */
export function PreviousSteps({ steps }: { steps: PreviousStep[] }) {
  const { t } = useTranslation();
  const shown = steps.slice(0, openSteps(steps));
  const earlier = steps.slice(shown.length);
  if (shown.length === 0) return null;
  return (
    <section className="ct-previous" aria-label={t('work.previous')}>
      <strong>{t('work.previous')}</strong>
      {shown.map((step) => (
        <Step key={step.at + step.taskName} step={step} />
      ))}
      {earlier.length > 0 && (
        <details className="ct-more">
          <summary>{t('work.earlier', { count: earlier.length })}</summary>
          {earlier.map((step) => (
            <Step key={step.at + step.taskName} step={step} />
          ))}
        </details>
      )}
    </section>
  );
}

/** So many answers stand open; the rest of a long form is folded. */
const SHOWN = 6;

function Step({ step }: { step: PreviousStep }) {
  const { t, i18n } = useTranslation();
  const rest = step.summary.slice(SHOWN);
  return (
    <div style={{ marginBottom: 8 }}>
      <div className="ct-soft">
        {step.taskName} · {step.by?.name ?? ''} · {momentText(step.at, i18n.language)}
      </div>
      <Answers summary={step.summary.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details className="ct-more">
          <summary>{t('work.moreAnswers', { count: rest.length })}</summary>
          <Answers summary={rest} />
        </details>
      )}
    </div>
  );
}

function Answers({ summary }: { summary: PreviousStep['summary'] }) {
  return (
    <dl className="ct-facts">
      {summary.map(({ label, value }) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>
            <CaseValue value={value} label={label} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
