import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../lib/api-types.js';
import { ActionDialog, type ActionName } from './action-dialog.js';

/** 更多操作: what can be done with a task besides its form; what cannot be done now says why. */
export function ActionMenu({ detail, leave }: { detail: TaskDetail; leave: (note: string) => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<ActionName | null>(null);
  const isDone = detail.task.completedAt !== null;
  const shown = detail.actions.filter(({ action, isPossible }) =>
    action === 'withdraw' ? isPossible : isPossible || !isDone,
  );
  if (shown.length === 0) return null;
  const items = shown.map(({ action, isPossible, why }) => ({
    key: action,
    disabled: !isPossible,
    label: (
      <span>
        {t(`action.name.${action}`)}
        {why && <span className="ct-soft"> · {why}</span>}
      </span>
    ),
  }));
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => setAsked(key as ActionName) }}>
        <Button>
          {t('action.more')} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      {asked && <ActionDialog action={asked} task={detail.task} close={() => setAsked(null)} leave={leave} />}
    </>
  );
}
