import { CloseCircleFilled, InfoCircleFilled, WarningFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../ui/states.js';
import type { Problem } from './api.js';
import { withoutPointer } from './place-names.js';
import { useProblemSentence } from './problem-sentence.js';
import { useProblemPlace } from './use-problem-place.js';
import { isFault, type Check } from './use-check.js';

type Props = { check: Check; current: string | undefined; goTo: (problem: Problem) => void };

/** Faults as sentences, those of the open file first, what is only for information folded; a click leads to the place. */
export function ProblemList({ check, current, goTo }: Props) {
  const { t } = useTranslation();
  if (check.error && check.problems.length === 0) return <ErrorState error={check.error} retry={check.retry} />;
  const sorted = [...check.problems].sort((one, other) => rank(one, current) - rank(other, current));
  const faults = sorted.filter(isFault);
  const notes = sorted.filter((problem) => !isFault(problem));
  return (
    <div aria-live="polite">
      <p className="ct-soft">
        {t(check.isStale ? 'studio.check.running' : faults.length > 0 ? 'studio.check.hint' : 'studio.check.clean', {
          count: faults.length,
        })}
      </p>
      <Problems problems={faults} current={current} goTo={goTo} />
      {notes.length > 0 && (
        <details className="ct-more">
          <summary>{t('studio.check.notes', { count: notes.length })}</summary>
          <Problems problems={notes} current={current} goTo={goTo} />
        </details>
      )}
    </div>
  );
}

function Problems({ problems, current, goTo }: Omit<Props, 'check'> & { problems: Problem[] }) {
  return (
    <ul className="ct-plain ct-problems">
      {problems.map((problem, index) => (
        <li key={`${problem.code}-${problem.file}-${problem.elementId}-${index}`}>
          <ProblemButton problem={problem} isHere={problem.file === current} goTo={goTo} />
        </li>
      ))}
    </ul>
  );
}

const ranks = { error: 0, warning: 1, information: 2 } as const;
const icons = { error: CloseCircleFilled, warning: WarningFilled, information: InfoCircleFilled } as const;

function rank({ file, severity }: Problem, current: string | undefined): number {
  return (file === current ? 0 : 3) + ranks[severity];
}

function ProblemButton({
  problem,
  isHere,
  goTo,
}: {
  problem: Problem;
  isHere: boolean;
  goTo: (problem: Problem) => void;
}) {
  const { t } = useTranslation();
  const sentence = useProblemSentence();
  const { severity } = problem;
  const Icon = icons[severity];
  const { file, inside, address } = useProblemPlace(problem);
  const all = isHere ? inside : [...file, ...inside];
  const names = all.filter((name, index) => name !== all[index - 1]);
  const told = sentence(problem);
  return (
    <button type="button" className={`ct-problem is-${severity}`} onClick={() => goTo(problem)}>
      <Icon aria-hidden />
      <span>
        <span className="ct-visually-hidden">{t(`studio.check.${severity}`)}</span>
        {names.length > 0 && <strong className="ct-problem-name">{names.join(' › ')}</strong>}
        {inside.length > 0 ? withoutPointer(told) : told}
        <span className="ct-problem-place">
          {address.filter((part) => !isHere || part !== problem.file).join(' · ')}
        </span>
      </span>
    </button>
  );
}
