import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RelatedCase } from '../../lib/api-types.js';

/** 关联的件: cases of the same matter by others that whoever looks may open; nothing where there is none. */
export function RelatedCases({ cases }: { cases: RelatedCase[] }) {
  const { t } = useTranslation();
  if (cases.length === 0) return null;
  return (
    <div className="ct-row" role="group" aria-label={t('case.related')}>
      <span className="ct-soft">{t('case.related')}</span>
      {cases.map(({ processInstanceKey, caseNo }) => (
        <Link key={processInstanceKey} to={`/work/case/${processInstanceKey}`}>
          {caseNo ?? processInstanceKey}
        </Link>
      ))}
    </div>
  );
}
