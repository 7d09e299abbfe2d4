import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudioFile } from '../api.js';
import { CreateDialog } from './create-dialog.js';

type Props = { files: StudioFile[]; current: string };

export function CreateButton({ files, current }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('studio.create.button')}
      </Button>
      {isOpen && <CreateDialog files={files} current={current} close={() => setOpen(false)} />}
    </>
  );
}
