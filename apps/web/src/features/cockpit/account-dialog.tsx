import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReference } from '../../lib/api/session.js';
import { useProblemTexts } from '../../ui/states.js';
import { type AccountAnswer, createAccount, type NewAccount } from './api.js';

type Props = { open: boolean; close: () => void; done: (answer: AccountAnswer) => void };
const blank: NewAccount = { id: '', name: '', roles: [], unit: null, password: '' };

export function AccountDialog({ open, close, done }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const problemText = useProblemTexts();
  const [account, setAccount] = useState(blank);
  const [problem, setProblem] = useState('');
  const finish = () => {
    setAccount(blank);
    setProblem('');
    close();
  };
  const save = async () => {
    if (!account.id || !account.name || account.roles.length === 0 || account.password.length < 8)
      return setProblem(t('accounts.incomplete'));
    try {
      done(await createAccount(account));
      finish();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const options = (named: { id: string; name: string }[] | undefined) =>
    (named ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Modal
      open={open}
      title={t('accounts.create')}
      okText={t('accounts.create')}
      cancelText={t('common.cancel')}
      onOk={() => void save()}
      onCancel={finish}
    >
      <div className="ct-stack">
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
        {problem && (
          <div className="ct-field-error" role="alert">
            {problem}
          </div>
        )}
      </div>
    </Modal>
  );
}
