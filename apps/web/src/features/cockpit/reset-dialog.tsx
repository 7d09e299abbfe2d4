import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../lib/api-types.js';
import { useProblemTexts } from '../../ui/states.js';
import { type AccountAnswer, changeAccount } from './api.js';

type Props = { account: Account | null; close: () => void; done: (answer: AccountAnswer) => void };

/** A new password for somebody who forgot theirs. */
export function ResetDialog({ account, close, done }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const finish = () => {
    setPassword('');
    setProblem('');
    close();
  };
  const save = async () => {
    if (!account) return;
    if (password.length < 8) return setProblem(t('session.tooShort', { length: 8 }));
    try {
      done(await changeAccount(account.id, { password }));
      finish();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  return (
    <Modal
      open={account !== null}
      title={t('accounts.resetOf', { name: account?.name ?? '' })}
      okText={t('session.save')}
      cancelText={t('common.cancel')}
      onOk={() => void save()}
      onCancel={finish}
    >
      <label className="ct-label" htmlFor="reset-password">
        {t('session.next')}
      </label>
      <Input.Password
        id="reset-password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
    </Modal>
  );
}
