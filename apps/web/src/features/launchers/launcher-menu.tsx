import { AlertOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LauncherDrawer } from './launcher-drawer.js';
import { useLaunchers } from './api.js';

/** What this person may start: the emergency always in sight and red, the rest in one menu. */
export function LauncherMenu() {
  const { t } = useTranslation();
  const launchers = useLaunchers();
  const [openId, setOpenId] = useState<string | null>(null);
  const all = launchers.data ?? [];
  const urgent = all.filter((launcher) => launcher.style === 'danger');
  const others = all.filter((launcher) => launcher.style !== 'danger');
  const open = all.find((launcher) => launcher.id === openId);
  return (
    <>
      {others.length === 1 && others[0] && (
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => setOpenId(others[0]?.id ?? null)}>
          {others[0].title}
        </Button>
      )}
      {others.length > 1 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: others.map(({ id, title }) => ({ key: id, label: title })),
            onClick: ({ key }) => setOpenId(key),
          }}
        >
          <Button icon={<PlusOutlined aria-hidden />}>{t('launch.menu')}</Button>
        </Dropdown>
      )}
      {urgent.map((launcher) => (
        <Button
          key={launcher.id}
          danger
          type="primary"
          icon={<AlertOutlined aria-hidden />}
          onClick={() => setOpenId(launcher.id)}
        >
          {launcher.title}
        </Button>
      ))}
      {open && <LauncherDrawer key={open.id} launcher={open} close={() => setOpenId(null)} />}
    </>
  );
}
