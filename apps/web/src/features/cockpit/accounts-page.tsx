import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, Named } from '../../lib/api-types.js';
import { useSession } from '../../lib/api/session.js';
import { isFailed } from '../../lib/is-failed.js';
import { FoldingTable } from '../../ui/folding-table.js';
import { PageFrame } from '../../ui/page-frame.js';
import { momentText } from '../../lib/time.js';
import { ErrorState, useProblemTexts } from '../../ui/states.js';
import { type AccountAnswer, changeAccount, useAccounts, useAwaitedAccounts } from './api.js';
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
  const done = (answer: AccountAnswer) => {
    if ('approvalId' in answer) void message.info(t('accounts.waits'));
    else void message.success(t('accounts.done'));
    refresh();
  };
  const disable = async (account: Account) => {
    const title = t(account.disabled ? 'accounts.enableAsk' : 'accounts.disableAsk', { name: account.name });
    const isSure = await modal.confirm({ title, okText: t('common.yes'), cancelText: t('common.cancel') });
    if (!isSure) return;
    try {
      done(await changeAccount(account.id, { disabled: !account.disabled }));
    } catch (error) {
      void message.error(problemText(error));
    }
  };
  if (isFailed(accounts)) return <ErrorState error={accounts.error} retry={() => void accounts.refetch()} />;
  return (
    <PageFrame
      title={t('cockpit.accounts')}
      extra={
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
          {t('accounts.create')}
        </Button>
      }
    >
      <Awaited />
      <FoldingTable<Account>
        rowKey="id"
        dataSource={accounts.data ?? []}
        loading={accounts.isPending}
        size="middle"
        minWidth={1000}
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
      {isCreating && <AccountDialog close={() => setCreating(false)} done={done} />}
      {holding && <PostsDialog account={holding} close={() => setHolding(null)} done={done} />}
      {resetting && <ResetDialog account={resetting} close={() => setResetting(null)} done={done} />}
    </PageFrame>
  );
}

/** Changes that give powers to somebody wait here, until a second person has decided. */
function Awaited() {
  const { t, i18n } = useTranslation();
  const awaited = useAwaitedAccounts().data ?? [];
  if (awaited.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title={t('accounts.awaited', { count: awaited.length })}
      description={
        <>
          <p>{t('accounts.awaitedHint')}</p>
          <ul>
            {awaited.map(({ approvalId, why, author, createdAt }) => (
              <li key={approvalId}>
                {why.join('')}{' '}
                <span className="ct-soft">
                  {author?.name ?? '—'} · {momentText(createdAt, i18n.language)}
                </span>
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}

function nameOf(value: Named | string | null): string {
  return typeof value === 'string' ? value : (value?.name ?? '—');
}
