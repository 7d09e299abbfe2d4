import { useTranslation } from 'react-i18next';
import { isFailed } from '../../lib/is-failed.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../ui/states.js';
import { useKeeping } from '../../ui/keeping/keeping-api.js';
import { DestructionRow, HoldRow } from '../../ui/keeping/keeping-rows.js';

/** What is to be destroyed and waits for a second person, what must be kept, and what became of the earlier ones. */
export function KeepingPage() {
  const { t } = useTranslation();
  const keeping = useKeeping();
  if (isFailed(keeping)) return <ErrorState error={keeping.error} retry={() => void keeping.refetch()} />;
  const { destructions = [], holds = [] } = keeping.data ?? {};
  const waiting = destructions.filter(({ state }) => state === 'waiting');
  const held = holds.filter(({ liftedAt }) => liftedAt === null);
  const decided = destructions.filter(({ state }) => state !== 'waiting');
  const lifted = holds.filter(({ liftedAt }) => liftedAt !== null);
  return (
    <PageFrame title={t('cockpit.keeping')} subtitle={t('keeping.hint')} width={960}>
      {keeping.isPending && <ListSkeleton />}
      {keeping.data && destructions.length + holds.length === 0 && (
        <EmptyState title={t('keeping.none')} hint={t('keeping.noneHint')} />
      )}
      {waiting.length > 0 && (
        <Part title={t('keeping.waiting')}>
          {waiting.map((item) => (
            <DestructionRow key={item.destructionKey} item={item} />
          ))}
        </Part>
      )}
      {held.length > 0 && (
        <Part title={t('keeping.held')}>
          {held.map((item) => (
            <HoldRow key={item.holdKey} item={item} />
          ))}
        </Part>
      )}
      {decided.length + lifted.length > 0 && (
        <Part title={t('keeping.past')}>
          {decided.map((item) => (
            <DestructionRow key={item.destructionKey} item={item} />
          ))}
          {lifted.map((item) => (
            <HoldRow key={item.holdKey} item={item} />
          ))}
        </Part>
      )}
    </PageFrame>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h2 className="ct-section-title">{title}</h2>
      <ul className="ct-plain" aria-label={title}>
        {children}
      </ul>
    </section>
  );
}
