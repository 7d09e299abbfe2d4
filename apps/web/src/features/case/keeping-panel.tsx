import { useTranslation } from 'react-i18next';
import { may, useSession } from '../../lib/api/session.js';
import type { InstanceDetail } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { ErrorState, ListSkeleton } from '../../ui/states.js';
import { useKeeping } from '../../ui/keeping/keeping-api.js';
import { ActButton, DestructionRow, HoldRow } from '../../ui/keeping/keeping-rows.js';

/** Of one case: asking to destroy what it holds, and ordering that it is kept; each with a reason, all of it on record. */
export function KeepingPanel({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslation();
  const user = useSession().data?.user;
  const { processInstanceKey: key, caseNo, state } = instance;
  const keeping = useKeeping(key);
  if (keeping.isPending) return <ListSkeleton />;
  if (isFailed(keeping)) return <ErrorState error={keeping.error} retry={() => void keeping.refetch()} />;
  const { destructions, holds } = keeping.data;
  const isHeld = holds.some(({ liftedAt }) => liftedAt === null);
  const isDestroyed = destructions.some((one) => one.state === 'destroyed');
  const isWaiting = destructions.some((one) => one.state === 'waiting');
  const canBeAsked = state !== 'ACTIVE' && !isHeld && !isWaiting && !isDestroyed;
  return (
    <div className="ct-stack">
      <p>{t(isDestroyed ? 'keeping.isDestroyed' : 'keeping.ofCase')}</p>
      <div className="ct-choices">
        {canBeAsked && <ActButton instanceKey={key} what="destruction" of={caseNo} />}
        {!isHeld && !isDestroyed && may(user, 'approve') && <ActButton instanceKey={key} what="hold" of={caseNo} />}
      </div>
      <ul className="ct-plain" aria-label={t('cockpit.keeping')}>
        {destructions.map((item) => (
          <DestructionRow key={item.destructionKey} item={item} isOfCase />
        ))}
        {holds.map((item) => (
          <HoldRow key={item.holdKey} item={item} isOfCase />
        ))}
      </ul>
    </div>
  );
}
