import { App, Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { may, useSession } from '../../lib/api/session.js';
import { momentText } from '../../lib/time.js';
import { ReasonDialog } from '../reason-dialog.js';
import { act, decide, useKept, type Destruction, type Hold } from './keeping-api.js';

const colors = { waiting: 'orange', destroyed: 'red', rejected: 'default' };

/** Who asked to destroy, why, and what was decided; deciding for who may and did not ask. */
export function DestructionRow({ item, isOfCase = false }: { item: Destruction; isOfCase?: boolean }) {
  const { t, i18n } = useTranslation();
  const user = useSession().data?.user;
  const said = (by: { name: string } | null, at: string | null) => ({
    by: by?.name ?? '—',
    at: at === null ? '' : momentText(at, i18n.language),
  });
  const isOpen = item.state === 'waiting';
  return (
    <li className="ct-room-task">
      <div className="ct-stack" style={{ flex: '1 1 320px', gap: 4 }}>
        <div>
          {!isOfCase && <CaseName item={item} />}{' '}
          <Tag color={colors[item.state]}>{t(`keeping.state.${item.state}`)}</Tag>
        </div>
        <div style={{ overflowWrap: 'anywhere' }}>{item.reason}</div>
        <div className="ct-soft">{t('keeping.asked', said(item.askedBy, item.askedAt))}</div>
        {item.decidedBy && (
          <div className="ct-soft" style={{ overflowWrap: 'anywhere' }}>
            {t('keeping.decided', { ...said(item.decidedBy, item.decidedAt), comment: item.comment })}
          </div>
        )}
      </div>
      {isOpen && may(user, 'approve') && user?.id !== item.askedBy?.id && <Decision item={item} />}
      {isOpen && user?.id === item.askedBy?.id && <span className="ct-soft">{t('keeping.another')}</span>}
    </li>
  );
}

function Decision({ item }: { item: Destruction }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const kept = useKept();
  const [approved, setApproved] = useState<boolean | null>(null);
  const name = item.caseNo ?? t('keeping.noNumber');
  const send = async (comment: string) => {
    if (approved === null) return;
    await decide(item.destructionKey, approved, comment);
    void message.success(t(approved ? 'keeping.destroyedNote' : 'keeping.rejectedNote'));
    void kept();
  };
  const word = approved === true ? 'approve' : 'reject';
  return (
    <div className="ct-choices">
      <Button danger aria-label={`${t('keeping.approve')}：${name}`} onClick={() => setApproved(true)}>
        {t('keeping.approve')}
      </Button>
      <Button aria-label={`${t('keeping.reject')}：${name}`} onClick={() => setApproved(false)}>
        {t('keeping.reject')}
      </Button>
      {approved !== null && (
        <ReasonDialog
          title={`${t(`keeping.${word}`)} · ${name}`}
          text={t(`keeping.${word}Text`)}
          confirm={t(`keeping.${word}`)}
          danger={approved}
          send={send}
          close={() => setApproved(null)}
        />
      )}
    </div>
  );
}

/** Why a case must be kept, since when, and lifting that for those who may. */
export function HoldRow({ item, isOfCase = false }: { item: Hold; isOfCase?: boolean }) {
  const { t, i18n } = useTranslation();
  const user = useSession().data?.user;
  const at = (moment: string | null) => (moment === null ? '' : momentText(moment, i18n.language));
  const isOpen = item.liftedAt === null;
  return (
    <li className="ct-room-task">
      <div className="ct-stack" style={{ flex: '1 1 320px', gap: 4 }}>
        <div>
          {!isOfCase && <CaseName item={item} />}{' '}
          <Tag color={isOpen ? 'blue' : 'default'}>{t(isOpen ? 'keeping.state.held' : 'keeping.state.lifted')}</Tag>
        </div>
        <div style={{ overflowWrap: 'anywhere' }}>{item.reason}</div>
        <div className="ct-soft">{t('keeping.placed', { by: item.placedBy?.name ?? '—', at: at(item.placedAt) })}</div>
        {!isOpen && (
          <div className="ct-soft" style={{ overflowWrap: 'anywhere' }}>
            {t('keeping.lifted', { by: item.liftedBy?.name ?? '—', at: at(item.liftedAt), reason: item.liftReason })}
          </div>
        )}
      </div>
      {isOpen && may(user, 'approve') && item.processInstanceKey !== null && (
        <ActButton instanceKey={item.processInstanceKey} what="hold/lift" of={item.caseNo} />
      )}
    </li>
  );
}

const words = { destruction: 'destruction', hold: 'hold', 'hold/lift': 'lift' } as const;

/** A button that asks why, and does it. */
export function ActButton({
  instanceKey,
  what,
  of,
}: {
  instanceKey: string;
  what: keyof typeof words;
  of: string | null;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const kept = useKept();
  const [isAsked, setAsked] = useState(false);
  const word = words[what];
  const send = async (reason: string) => {
    await act(instanceKey, what, reason);
    void message.success(t(`keeping.done.${word}`));
    void kept();
  };
  return (
    <>
      <Button danger={what === 'destruction'} onClick={() => setAsked(true)}>
        {t(`keeping.act.${word}`)}
      </Button>
      {isAsked && (
        <ReasonDialog
          title={[t(`keeping.act.${word}`), of].filter(Boolean).join(' · ')}
          text={t(`keeping.text.${word}`)}
          confirm={t(`keeping.act.${word}`)}
          danger={what === 'destruction'}
          send={send}
          close={() => setAsked(false)}
        />
      )}
    </>
  );
}

function CaseName({ item: { caseNo, processInstanceKey } }: { item: Destruction | Hold }) {
  const { t } = useTranslation();
  const name = <strong>{caseNo ?? t('keeping.noNumber')}</strong>;
  return processInstanceKey === null ? name : <Link to={`/work/case/${processInstanceKey}`}>{name}</Link>;
}
