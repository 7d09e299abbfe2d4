import { useTranslation } from 'react-i18next';
import type { LampColor } from '../lib/api-types.js';
import { dueText, remainingText } from '../lib/deadline.js';
import { Lamp } from './lamp.js';
import { useNow } from './use-now.js';

type Props = { dueAt: string | null; lamp?: LampColor; short?: boolean; withLamp?: boolean };

/** "还剩 3 天 4 小时 · 11月28日 24:00前" with its lamp; ticks by itself. */
export function Deadline({ dueAt, lamp = 'normal', short = false, withLamp = true }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow(20_000);
  if (dueAt === null) return <span className="ct-soft">{t('deadline.none')}</span>;
  const due = Date.parse(dueAt);
  const color = now >= due ? 'overdue' : lamp;
  const remaining = remainingText(due, now, i18n.language);
  const until = dueText(due, now, i18n.language);
  return (
    <span className={`ct-deadline ct-deadline-${color}`}>
      {withLamp && <Lamp color={color} />}
      <time className="ct-deadline-text" dateTime={dueAt} title={until}>
        {short ? remaining : `${remaining} · ${until}`}
      </time>
    </span>
  );
}
