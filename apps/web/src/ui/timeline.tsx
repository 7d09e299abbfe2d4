import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../lib/api-types.js';
import { momentText } from '../lib/time.js';
import { SealedProvider, SealedValue } from './sealed-value.js';

/** What happened, newest first: moment, kind, sentence, post. */
export function CaseTimeline({ entries, instanceKey }: { entries: TimelineEntry[]; instanceKey?: string }) {
  const { t, i18n } = useTranslation();
  const newestFirst = entries.toReversed().sort((a, b) => b.at.localeCompare(a.at));
  return (
    <ol className="ct-timeline">
      {newestFirst.map((entry, index) => (
        <li key={`${entry.at}-${index}`} className={entry.kind === 'supervision' ? 'is-alarm' : ''}>
          <div>
            <strong>{entry.text}</strong>
          </div>
          <time dateTime={entry.at}>{momentText(entry.at, i18n.language)}</time>
          <span className="ct-soft">
            {' · '}
            {t(`timeline.${entry.kind}`)}
            {entry.by ? ` · ${entry.by.name}` : ''}
          </span>
          {entry.detail && <div>{entry.detail}</div>}
          {instanceKey && <Written entry={entry} instanceKey={instanceKey} />}
        </li>
      ))}
    </ol>
  );
}

/** Why it was done, or what was written, for whoever may open it. */
function Written({ entry, instanceKey }: { entry: TimelineEntry; instanceKey: string }) {
  const { t } = useTranslation();
  if (!entry.reason || !entry.sealed) return null;
  return (
    <SealedProvider processInstanceKey={instanceKey} facts={entry.sealed}>
      <div>
        <SealedValue handle={entry.reason} label={t('timeline.written')} />
      </div>
    </SealedProvider>
  );
}
