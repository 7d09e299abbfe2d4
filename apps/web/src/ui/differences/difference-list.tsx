import { useQuery } from '@tanstack/react-query';
import i18next, { type TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FileKind } from '../../lib/file-kind.js';
import { differences as en } from '../../locales/en/differences.js';
import { differences as zh } from '../../locales/zh/differences.js';
import { differencesOf, type Difference } from './differences.js';

// The words come with the list: nobody else loads them.
i18next.addResourceBundle('zh', 'translation', zh, true, true);
i18next.addResourceBundle('en', 'translation', en, true, true);

type Props = { kind: FileKind; before: string | null; after: string | null };

/** The differences of one file as sentences, each with a sign and a color. */
export function DifferenceList({ kind, before, after }: Props) {
  const { t } = useTranslation();
  const differences = useQuery({
    queryKey: ['differences', kind, before, after],
    queryFn: () => differencesOf(kind, before, after),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (differences.isPending) return <p className="ct-soft">{t('common.loading')}</p>;
  if (!differences.data || differences.data.length === 0) return <p className="ct-soft">{t('diff.none')}</p>;
  return (
    <ul className="ct-plain ct-differences">
      {differences.data.map(({ kind: sort, key, values }, index) => (
        <li key={index} className={`is-${sort}`}>
          <span aria-hidden="true">{signs[sort]}</span> {t(`diff.${key}`, worded(key, values, t))}
        </li>
      ))}
    </ul>
  );
}

const signs = { added: '+', changed: '~', removed: '−' };

/** Keywords of forms and parts of settings in the words of their editors; what stands in no row is the file itself. */
function worded(key: string, values: Difference['values'], t: TFunction): Difference['values'] {
  const { part, setting, where } = values;
  return {
    ...values,
    ...(part !== undefined && { part: t(`diff.keyword.${part}`, { defaultValue: String(part) }) }),
    ...(setting !== undefined && { setting: t(`diff.setting.${setting}`, { defaultValue: String(setting) }) }),
    ...(key === 'sightChanged' && {
      before: t(`diff.sight.${values.before}`),
      after: t(`diff.sight.${values.after}`),
    }),
    ...(where === '' && { where: t('diff.thisFile') }),
  };
}
