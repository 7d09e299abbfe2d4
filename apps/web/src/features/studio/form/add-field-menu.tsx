import { DownOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReference } from '../../../lib/api/session.js';
import { addField, FIELD_KINDS, type FieldKind } from './add-field.js';
import type { FieldEdits } from './use-field-edits.js';

type Props = {
  edit: FieldEdits['edit'];
  /** The field after which the new one stands; null: at the end. */
  after: string | null;
  added: (name: string) => void;
  isOff?: boolean;
};

export function AddFieldMenu({ edit, after, added, isOff = false }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const add = (kind: FieldKind) => {
    const dictionary = Object.keys(reference.data?.dictionaries ?? {})[0] ?? 'dictionary';
    const title = t('studio.form.newTitle', { kind: t(`studio.form.kind_${kind}`) });
    edit((text) => {
      const made = addField(text, kind, { title, dictionary, ...(after !== null && { after }) });
      added(made.name);
      return made.text;
    });
  };
  const items = FIELD_KINDS.map((kind) => ({
    key: kind,
    label: t(`studio.form.kind_${kind}`),
    onClick: () => add(kind),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']} disabled={isOff}>
      <Button icon={<PlusOutlined aria-hidden />}>
        {t('studio.form.add')} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
