import type { BaseInputTemplateProps, EnumOptionsType, WidgetProps } from '@rjsf/utils';
import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { isoFromLocal, localFromIso } from '../../lib/time.js';
import { contextOf } from './form-context.js';

/** Ids of label, help and error, so that a screen reader tells them with the control. */
function described(id: string, rawErrors: string[] | undefined) {
  const hasError = (rawErrors ?? []).length > 0;
  return { 'aria-describedby': `${id}__help ${id}__error`, 'aria-invalid': hasError };
}

export function BaseInputTemplate(props: BaseInputTemplateProps) {
  const { id, value, onChange, onBlur, schema, disabled, readonly, required, rawErrors, placeholder } = props;
  const shared = {
    id,
    disabled: disabled || readonly,
    placeholder,
    'aria-required': required ?? false,
    onBlur: () => onBlur(id, value),
    ...described(id, rawErrors),
    ...((rawErrors ?? []).length > 0 ? { status: 'error' as const } : {}),
  };
  if (schema.type === 'integer' || schema.type === 'number')
    return (
      <InputNumber
        {...shared}
        style={{ width: 160 }}
        inputMode="numeric"
        value={value ?? null}
        {...(schema.type === 'integer' ? { precision: 0 } : {})}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  return (
    <Input
      {...shared}
      className="ct-field-wide"
      value={value ?? ''}
      {...(schema.maxLength ? { maxLength: schema.maxLength } : {})}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  );
}

export function TextareaWidget({ id, value, onChange, disabled, readonly, required, schema, rawErrors }: WidgetProps) {
  const isFixed = Boolean(disabled || readonly);
  return (
    <Input.TextArea
      id={id}
      className="ct-field-wide"
      value={value ?? ''}
      disabled={isFixed}
      autoSize={{ minRows: isFixed ? 1 : 4, maxRows: 16 }}
      aria-required={required ?? false}
      {...described(id, rawErrors)}
      {...((rawErrors ?? []).length > 0 ? { status: 'error' as const } : {})}
      {...(schema.maxLength ? { maxLength: schema.maxLength, showCount: !isFixed } : {})}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  );
}

function optionsOf({ options }: WidgetProps): EnumOptionsType[] {
  return options.enumOptions ?? [];
}

/** On the portal the device's own list, which every phone knows; for staff one that can be searched. */
export function SelectWidget(props: WidgetProps) {
  const { t } = useTranslation();
  const { id, value, onChange, disabled, readonly, required, rawErrors, registry } = props;
  const choices = optionsOf(props);
  if (contextOf(registry).isPublic)
    return (
      <select
        id={id}
        className="ct-native"
        value={value === undefined ? '' : String(value)}
        disabled={disabled || readonly}
        aria-required={required ?? false}
        {...described(id, rawErrors)}
        onChange={(event) => onChange(choices.find((choice) => String(choice.value) === event.target.value)?.value)}
      >
        <option value="">{t('form.choose')}</option>
        {choices.map((choice) => (
          <option key={String(choice.value)} value={String(choice.value)}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  return (
    <Select
      id={id}
      style={{ width: '100%', maxWidth: 400 }}
      value={value ?? null}
      placeholder={t('form.choose')}
      disabled={disabled || readonly}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!required}
      aria-required={required ?? false}
      aria-labelledby={`${id}__label`}
      {...((rawErrors ?? []).length > 0 ? { status: 'error' as const } : {})}
      options={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

export function RadioWidget(props: WidgetProps) {
  const { id, value, onChange, disabled, readonly, required, registry } = props;
  const layout = contextOf(registry).isPublic ? 'ct-choices ct-choices-column' : 'ct-choices';
  return (
    <div
      id={id}
      role="radiogroup"
      className={layout}
      aria-labelledby={`${id}__label`}
      aria-required={required ?? false}
    >
      {optionsOf(props).map((choice, index) => (
        <label key={String(choice.value)} className="ct-choice">
          <input
            type="radio"
            id={`${id}-${index}`}
            name={id}
            checked={value === choice.value}
            disabled={disabled || readonly}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}

/** So many choices can be looked over; staff search among more. */
const OPEN_CHOICES = 12;

export function CheckboxesWidget(props: WidgetProps) {
  const { t } = useTranslation();
  const { id, value, onChange, disabled, readonly, rawErrors, registry } = props;
  const chosen: unknown[] = Array.isArray(value) ? value : [];
  const choices = optionsOf(props);
  if (choices.length > OPEN_CHOICES && !contextOf(registry).isPublic)
    return (
      <Select
        id={id}
        mode="multiple"
        style={{ width: '100%' }}
        value={chosen}
        placeholder={t('form.choose')}
        disabled={disabled || readonly}
        showSearch={{ optionFilterProp: 'label' }}
        aria-labelledby={`${id}__label`}
        {...((rawErrors ?? []).length > 0 ? { status: 'error' as const } : {})}
        options={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
        onChange={(next) => onChange(next)}
      />
    );
  const toggle = (item: unknown) =>
    onChange(chosen.includes(item) ? chosen.filter((other) => other !== item) : [...chosen, item]);
  return (
    <div id={id} role="group" className="ct-choices" aria-labelledby={`${id}__label`}>
      {choices.map((choice) => (
        <label key={String(choice.value)} className="ct-choice">
          <input
            type="checkbox"
            checked={chosen.includes(choice.value)}
            disabled={disabled || readonly}
            onChange={() => toggle(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}

export function CheckboxWidget({ id, value, label, onChange, disabled, readonly, rawErrors }: WidgetProps) {
  return (
    <label className="ct-choice" style={{ width: 'fit-content' }}>
      <input
        id={id}
        type="checkbox"
        checked={value === true}
        disabled={disabled || readonly}
        {...described(id, rawErrors)}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

/** The device's own picker, read and written in the organisation's time zone. */
export function DateTimeWidget({ id, value, onChange, disabled, readonly, required, rawErrors }: WidgetProps) {
  return (
    <input
      id={id}
      type="datetime-local"
      className="ct-native"
      value={typeof value === 'string' ? localFromIso(value) : ''}
      disabled={disabled || readonly}
      aria-required={required ?? false}
      {...described(id, rawErrors)}
      onChange={(event) => onChange(event.target.value === '' ? undefined : isoFromLocal(event.target.value))}
    />
  );
}

export function DateWidget({ id, value, onChange, disabled, readonly, required, rawErrors }: WidgetProps) {
  return (
    <input
      id={id}
      type="date"
      className="ct-native"
      value={value ?? ''}
      disabled={disabled || readonly}
      aria-required={required ?? false}
      {...described(id, rawErrors)}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  );
}
