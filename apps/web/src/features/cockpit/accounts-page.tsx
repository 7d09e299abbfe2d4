import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, Named } from '../../lib/api-types.js';
import { useSession } from '../../lib/api/session.js';
import { PageFrame } from '../../ui/page-frame.js';
import { ErrorState, useProblemTexts } from '../../ui/states.js';
import { changeAccount, useAccounts } from './api.js';
import { AccountDialog } from './account-dialog.js';
import { PostsDialog } from './posts-dialog.js';
import { ResetDialog } from './reset-dialog.js';

/** Accounts: create, disable and enable, set a new password. */
export function AccountsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const problemText = useProblemTexts();
  const own = useSession().data?.user?.id;
  const accounts = useAccounts();
  const [isCreating, setCreating] = useState(false);
  const [resetting, setResetting] = useState<Account | null>(null);
  const [holding, setHolding] = useState<Account | null>(null);
  const refresh = () => void client.invalidateQueries({ queryKey: ['accounts'] });
  const disable = async (account: Account) => {
    const title = t(account.disabled ? 'accounts.enableAsk' : 'accounts.disableAsk', { name: account.name });
    const isSure = await modal.confirm({ title, okText: t('common.yes'), cancelText: t('common.cancel') });
    if (!isSure) return;
    try {
      await changeAccount(account.id, { disabled: !account.disabled });
    } catch (error) {
      void message.error(problemText(error));
    }
    refresh();
  };
  if (accounts.isError) return <ErrorState error={accounts.error} retry={() => void accounts.refetch()} />;
  return (
    <PageFrame
      title={t('cockpit.accounts')}
      extra={
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
          {t('accounts.create')}
        </Button>
      }
    >
      <Table<Account>
        rowKey="id"
        dataSource={accounts.data ?? []}
        loading={accounts.isPending}
        size="middle"
        scroll={{ x: 1000 }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t('accounts.name'), fixed: 'left', dataIndex: 'name' },
          { title: t('session.username'), dataIndex: 'id' },
          { title: t('accounts.unit'), render: (_, row) => nameOf(row.unit) },
          { title: t('accounts.roles'), render: (_, row) => row.roles.map(nameOf).join('、') },
          { title: t('posts.title'), render: (_, row) => row.posts.map(nameOf).join('、') },
          {
            title: t('accounts.state'),
            width: 72,
            render: (_, row) => t(row.disabled ? 'accounts.disabled' : 'accounts.active'),
          },
          {
            title: t('accounts.change'),
            width: 250,
            render: (_, row) => (
              <div className="ct-choices">
                <Button size="small" onClick={() => setHolding(row)}>
                  {t('posts.change')}
                </Button>
                <Button size="small" onClick={() => setResetting(row)}>
                  {t('accounts.reset')}
                </Button>
                <Button size="small" danger={!row.disabled} disabled={row.id === own} onClick={() => void disable(row)}>
                  {t(row.disabled ? 'accounts.enable' : 'accounts.disable')}
                </Button>
              </div>
            ),
          },
        ]}
      />
      <AccountDialog open={isCreating} close={() => setCreating(false)} done={refresh} />
      {holding && <PostsDialog account={holding} close={() => setHolding(null)} done={refresh} />}
      <ResetDialog account={resetting} close={() => setResetting(null)} />
    </PageFrame>
  );
}

function nameOf(value: Named | string | null): string {
  return typeof value === 'string' ? value : (value?.name ?? '—');
}
