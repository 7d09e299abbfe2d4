import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { ArrayFieldItemTemplateProps, ArrayFieldTemplateProps } from '@rjsf/utils';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { LinkedText } from '../linked-text.js';

/** A repeating group: numbered rows, each can be taken away, one more can be added. */
export function ArrayFieldTemplate(props: ArrayFieldTemplateProps) {
  const { t } = useTranslation();
  const { title, items, canAdd, onAddClick, readonly, disabled, schema, required, uiSchema } = props;
  const isFixed = readonly || disabled;
  const help = uiSchema?.['ui:help'];
  return (
    <fieldset>
      <legend className="ct-label-group">
        {title} {!required && !isFixed && !schema.minItems && <span className="ct-required">{t('form.optional')}</span>}
      </legend>
      {typeof help === 'string' && (
        <div className="ct-field-help">
          <LinkedText text={help} />
        </div>
      )}
      {items}
      {canAdd && !isFixed && (
        <Button icon={<PlusOutlined aria-hidden />} onClick={onAddClick}>
          {t(items.length === 0 ? 'form.addFirst' : 'form.addRow', { label: title })}
        </Button>
      )}
    </fieldset>
  );
}

export function ArrayFieldItemTemplate(props: ArrayFieldItemTemplateProps) {
  const { t } = useTranslation();
  const { children, buttonsProps, index, readonly, disabled } = props;
  const number = index + 1;
  return (
    <div className="ct-group-row">
      <div className="ct-group-head">
        <span>{t('form.row', { number })}</span>
        {buttonsProps.hasRemove && !readonly && !disabled && (
          <Button
            type="text"
            danger
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('form.removeRow', { number })}
            onClick={buttonsProps.onRemoveItem}
          >
            {t('form.remove')}
          </Button>
        )}
      </div>
      {children}
    </div>
  );
}
