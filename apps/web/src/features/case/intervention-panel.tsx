import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { may, useSession } from '../../lib/api/session.js';
import type { InstanceDetail } from '../../lib/api-types.js';
import { momentText } from '../../lib/time.js';
import { EmptyState } from '../../ui/states.js';
import { InterventionDialog } from './intervention-dialog.js';
import type { InterventionKind } from './interventions.js';

/** What an operator may do from outside the course of an instance; in a case with a reason and a second person. */
export function InterventionPanel({ instance }: { instance: InstanceDetail }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<InterventionKind | null>(null);
  const [waiting, setWaiting] = useState<InterventionKind | null>(null);
  if (instance.state !== 'ACTIVE') return <EmptyState title={t('intervention.ended')} />;
  const { suspendedAt, isCase, processInstanceKey } = instance;
  const kinds: InterventionKind[] = [
    suspendedAt === null ? 'suspend' : 'resume',
    'variables',
    'steps',
    'migration',
    'cancel',
  ];
  const done = (kind: InterventionKind, isWaiting: boolean) => {
    setAsked(null);
    setWaiting(isWaiting ? kind : null);
    if (!isWaiting) void message.success(t('intervention.done'));
  };
  return (
    <div className="ct-stack">
      <p>{t(isCase ? 'intervention.hintOfCase' : 'intervention.hint')}</p>
      {suspendedAt !== null && (
        <Alert
          type="warning"
          showIcon
          title={t('intervention.suspendedSince', { at: momentText(suspendedAt, i18n.language) })}
        />
      )}
      {waiting && <Waiting kind={waiting} />}
      <div className="ct-choices">
        {kinds.map((kind) => (
          <Button key={kind} danger={kind === 'cancel'} onClick={() => setAsked(kind)}>
            {t(`intervention.verb.${kind}`)}
          </Button>
        ))}
      </div>
      {asked && (
        <InterventionDialog
          instanceKey={processInstanceKey}
          kind={asked}
          needsReason={isCase && asked !== 'resume'}
          close={() => setAsked(null)}
          done={(isWaiting) => done(asked, isWaiting)}
        />
      )}
    </div>
  );
}

function Waiting({ kind }: { kind: InterventionKind }) {
  const { t } = useTranslation();
  const user = useSession().data?.user;
  const mayLook = ['approve', 'studio', 'accounts'].some((right) => may(user, right));
  return (
    <Alert
      type="info"
      showIcon
      title={t('intervention.waits', { what: t(`intervention.verb.${kind}`) })}
      description={t('intervention.waitsHint')}
      action={mayLook && <Link to="/studio/approvals">{t('intervention.approvals')}</Link>}
    />
  );
}
