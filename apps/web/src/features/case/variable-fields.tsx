import { AutoComplete, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useOpenVariables, type Variables } from './interventions.js';

export type WrittenVariable = { name: string; json: string };

type Props = { instanceKey: string; variable: WrittenVariable; onChange: (variable: WrittenVariable) => void };

/** One variable and its new value, which begins as the one that it has. */
export function VariableFields({ instanceKey, variable, onChange }: Props) {
  const { t } = useTranslation();
  const known = useOpenVariables(instanceKey).data ?? [];
  const choose = (name: string) => onChange({ name, json: known.find((one) => one.name === name)?.value ?? '' });
  return (
    <>
      <div>
        <label className="ct-label" htmlFor="intervention-variable">
          {t('intervention.variable')}
        </label>
        <AutoComplete
          id="intervention-variable"
          style={{ width: '100%' }}
          options={known.map(({ name }) => ({ value: name }))}
          showSearch={{ filterOption: true }}
          value={variable.name}
          onChange={(name: string) => onChange({ ...variable, name })}
          onSelect={choose}
        />
      </div>
      <div>
        <label className="ct-label" htmlFor="intervention-value">
          {t('intervention.value')}
        </label>
        <Input.TextArea
          id="intervention-value"
          autoSize={{ minRows: 2, maxRows: 10 }}
          value={variable.json}
          onChange={(event) => onChange({ ...variable, json: event.target.value })}
        />
        <span className="ct-soft">{t('intervention.valueHint')}</span>
      </div>
    </>
  );
}

/** Null where no name or no JSON was written. */
export function readVariable({ name, json }: WrittenVariable): Variables | null {
  if (name.trim() === '') return null;
  try {
    return { [name.trim()]: JSON.parse(json) as unknown };
  } catch {
    return null;
  }
}
