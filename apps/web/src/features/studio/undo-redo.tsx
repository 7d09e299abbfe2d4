import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

type Props = { undo: (() => void) | null; redo: (() => void) | null };

/** One step back and forth, with words: the two arrows look alike. Null: there is nothing to take back. */
export function UndoRedo({ undo, redo }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Button
        type="text"
        aria-label={t('studio.undo')}
        icon={<UndoOutlined aria-hidden />}
        disabled={undo === null}
        onClick={() => undo?.()}
      >
        {t('studio.undo')}
      </Button>
      <Button
        type="text"
        aria-label={t('studio.redo')}
        icon={<RedoOutlined aria-hidden />}
        disabled={redo === null}
        onClick={() => redo?.()}
      >
        {t('studio.redo')}
      </Button>
    </>
  );
}
