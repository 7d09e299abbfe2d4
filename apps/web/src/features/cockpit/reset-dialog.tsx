import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../lib/api-types.js';
import { AskDialog } from '../../ui/ask-dialog.js';
import { type AccountAnswer, changeAccount } from './api.js';

type Props = { account: Account; close: () => void; done: (answer: AccountAnswer) => void };

const SHORTEST = 8;

/** A new password for somebody who forgot theirs. */
export function ResetDialog({ account, close, done }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  return (
    <AskDialog
      title={t('accounts.resetOf', { name: account.name })}
      confirm={t('session.save')}
      written={password}
      lacking={() => (password.length < SHORTEST ? t('session.tooShort', { length: SHORTEST }) : '')}
      send={async () => done(await changeAccount(account.id, { password }))}
      close={close}
    >
      <div>
        <label className="ct-label" htmlFor="reset-password">
          {t('session.next')}
        </label>
        <Input.Password
          id="reset-password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
    </AskDialog>
  );
}
