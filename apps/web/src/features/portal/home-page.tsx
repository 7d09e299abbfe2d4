import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PortalEntry } from '../../lib/api-types.js';
import { usePortal, usePublicCalendars } from '../../lib/api/portal.js';
import { isFailed } from '../../lib/is-failed.js';
import { dayText, instantOf, momentText } from '../../lib/time.js';
import { titleIn } from '../../lib/title-in.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { ErrorState, ListSkeleton } from '../../ui/states.js';

/** What one can do here, and the promise under which it is done. */
export function HomePage() {
  const { t, i18n } = useTranslation();
  const portal = usePortal();
  useDocumentTitle(portal.data ? titleIn(i18n.language, portal.data) : t('app.name'));
  if (portal.isPending) return <ListSkeleton />;
  if (isFailed(portal)) return <ErrorState error={portal.error} retry={() => void portal.refetch()} />;
  const { introduction, promise, entries, pages } = portal.data;
  const [main, ...others] = entries;
  return (
    <div className="ct-stack" style={{ gap: 24 }}>
      <div>
        <h1>{titleIn(i18n.language, portal.data)}</h1>
        {introduction && <p>{introduction}</p>}
      </div>
      <nav className="ct-doors" aria-label={t('portal.doors')}>
        {main && <EntryDoor entry={main} isMain />}
        <Door to="/follow" title={t('portal.follow')} text={t('portal.followHint')} />
        {others.map((entry) => (
          <EntryDoor key={entry.id} entry={entry} />
        ))}
        {pages.map((page) => (
          <Door
            key={page.id}
            to={`/pages/${page.id}`}
            title={titleIn(i18n.language, page)}
            text={page.description ?? ''}
          />
        ))}
        <Door to="/rights" title={t('portal.rights')} text={t('portal.rightsHint')} />
      </nav>
      <Calendars />
      {promise && (
        <aside className="ct-promise" aria-label={t('portal.promise')}>
          <strong>{t('portal.promise')}</strong>
          <p>{promise}</p>
        </aside>
      )}
    </div>
  );
}

function EntryDoor({ entry, isMain = false }: { entry: PortalEntry; isMain?: boolean }) {
  const { i18n } = useTranslation();
  const title = titleIn(i18n.language, entry);
  return <Door to={`/report/${entry.id}`} title={title} text={entry.description ?? ''} isMain={isMain} />;
}

function Door({ to, title, text, isMain = false }: { to: string; title: string; text: string; isMain?: boolean }) {
  return (
    <Link to={to} className={`ct-door ${isMain ? 'ct-door-main' : ''}`}>
      <strong>{title}</strong>
      <span>{text}</span>
    </Link>
  );
}

/** What comes next of each calendar that everybody may have, and its address. */
function Calendars() {
  const { t, i18n } = useTranslation();
  const calendars = usePublicCalendars();
  const items = calendars.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <div>
      {items.map(({ id, title, titleEn, address, next }) => (
        <p key={id}>
          {next && (
            <>
              <strong>{t('portal.nextTime', { time: startText(next.start, i18n.language) })}</strong>
              {' · '}
              {[next.summary, next.place].filter(Boolean).join(' · ')}{' '}
            </>
          )}
          <a href={address ?? ''} style={{ whiteSpace: 'nowrap' }}>
            {t('portal.calendar', { title: titleIn(i18n.language, { title, titleEn }) })}
          </a>
        </p>
      ))}
    </div>
  );
}

/** Of a moment, or of a day. */
const startText = (start: string, language: string): string =>
  start.length > 10 ? momentText(start, language) : dayText(instantOf(`${start}T00:00:00+08:00`), language, Date.now());
