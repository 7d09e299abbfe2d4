import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReference } from '../../lib/api/session.js';
import { AskDialog } from '../../ui/ask-dialog.js';
import { type AccountAnswer, createAccount, type NewAccount } from './api.js';

type Props = { close: () => void; done: (answer: AccountAnswer) => void };
const blank: NewAccount = { id: '', name: '', roles: [], unit: null, password: '' };
const SHORTEST = 8;

export function AccountDialog({ close, done }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const [account, setAccount] = useState(blank);
  const isWhole = account.id && account.name && account.roles.length > 0 && account.password.length >= SHORTEST;
  const options = (named: { id: string; name: string }[] | undefined) =>
    (named ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <AskDialog
      title={t('accounts.create')}
      confirm={t('accounts.create')}
      written={JSON.stringify(account)}
      lacking={() => (isWhole ? '' : t('accounts.incomplete'))}
      send={async () => done(await createAccount(account))}
      close={close}
    >
      {(['name', 'id', 'password'] as const).map((field) => (
        <div key={field}>
          <label className="ct-label" htmlFor={`account-${field}`}>
            {t(`accounts.field.${field}`)}
          </label>
          <Input
            id={`account-${field}`}
            autoComplete="off"
            type={field === 'password' ? 'password' : 'text'}
            value={account[field]}
            onChange={(event) => setAccount({ ...account, [field]: event.target.value })}
          />
        </div>
      ))}
      <div>
        <label className="ct-label" htmlFor="account-roles">
          {t('accounts.roles')}
        </label>
        <Select
          id="account-roles"
          mode="multiple"
          defaultActiveFirstOption={false}
          style={{ width: '100%' }}
          showSearch={{ optionFilterProp: 'label' }}
          options={options(reference.data?.roles)}
          value={account.roles}
          onChange={(roles) => setAccount({ ...account, roles })}
        />
      </div>
      <div>
        <label className="ct-label" htmlFor="account-unit">
          {t('accounts.unit')}
        </label>
        <Select
          id="account-unit"
          allowClear
          style={{ width: '100%' }}
          showSearch={{ optionFilterProp: 'label' }}
          options={options(reference.data?.units)}
          value={account.unit}
          onChange={(unit) => setAccount({ ...account, unit: unit ?? null })}
        />
      </div>
    </AskDialog>
  );
}
