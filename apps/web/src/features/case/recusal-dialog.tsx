import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../lib/api/session.js';
import { AskDialog, ReasonField } from '../../ui/ask-dialog.js';
import { recuse, useRecusals } from './recusals.js';

/** The quiet button that takes oneself, or for those who may another, out of a case: says what happens, asks why. */
export function RecusalAction({ instanceKey }: { instanceKey: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('recusal.action')}</Button>
      {open && <RecusalDialog instanceKey={instanceKey} close={() => setOpen(false)} />}
    </>
  );
}

const SHORTEST = 2;
const LONGEST = 1000;

function RecusalDialog({ instanceKey, close }: { instanceKey: string; close: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const own = useSession().data?.user?.id ?? '';
  const others = (useRecusals(instanceKey).data?.accounts ?? []).filter(({ id }) => id !== own);
  const [account, setAccount] = useState(own);
  const [reason, setReason] = useState('');
  const save = async () => {
    await recuse(instanceKey, { account, reason: reason.trim() });
    void message.success(t('recusal.done'));
    if (account === own) await navigate('/work');
    void client.invalidateQueries();
  };
  return (
    <AskDialog
      title={t('recusal.title')}
      text={t('recusal.hint')}
      confirm={t('recusal.confirm')}
      danger
      written={`${account} ${reason}`}
      lacking={() => (reason.trim().length < SHORTEST ? t('recusal.short') : '')}
      send={save}
      close={close}
    >
      {others.length > 0 && (
        <div>
          <label className="ct-label" htmlFor="recusal-who">
            {t('recusal.who')}
          </label>
          <Select
            id="recusal-who"
            style={{ width: '100%' }}
            showSearch={{ optionFilterProp: 'label' }}
            options={[{ id: own, name: t('recusal.self') }, ...others].map(({ id, name }) => ({
              value: id,
              label: name,
            }))}
            value={account}
            onChange={setAccount}
          />
        </div>
      )}
      <ReasonField label={t('recusal.reason')} most={LONGEST} reason={reason} onChange={setReason} />
    </AskDialog>
  );
}
