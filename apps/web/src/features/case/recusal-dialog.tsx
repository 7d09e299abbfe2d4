import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../lib/api/session.js';
import { useProblemTexts } from '../../ui/states.js';
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

function RecusalDialog({ instanceKey, close }: { instanceKey: string; close: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const problemText = useProblemTexts();
  const own = useSession().data?.user?.id ?? '';
  const others = (useRecusals(instanceKey).data?.accounts ?? []).filter(({ id }) => id !== own);
  const [account, setAccount] = useState(own);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState('');
  const save = async () => {
    if (reason.trim().length < 2) return setProblem(t('recusal.short'));
    try {
      await recuse(instanceKey, { account, reason: reason.trim() });
    } catch (error) {
      return setProblem(problemText(error));
    }
    void message.success(t('recusal.done'));
    close();
    if (account === own) await navigate('/work');
    void client.invalidateQueries();
  };
  return (
    <Modal
      open
      title={t('recusal.title')}
      okText={t('recusal.confirm')}
      okButtonProps={{ danger: true }}
      cancelText={t('common.cancel')}
      onOk={() => void save()}
      onCancel={close}
    >
      <div className="ct-stack">
        <p>{t('recusal.hint')}</p>
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
        <div>
          <label className="ct-label" htmlFor="recusal-reason">
            {t('recusal.reason')}
          </label>
          <Input.TextArea
            id="recusal-reason"
            rows={3}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        {problem && (
          <div className="ct-field-error" role="alert">
            {problem}
          </div>
        )}
      </div>
    </Modal>
  );
}
