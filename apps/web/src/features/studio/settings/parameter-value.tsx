import { Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { TextCell } from './text-cell.js';
import { choiceText, isBeyond, limitsOf } from './parameter-limits.js';
import type { Row } from './tables.js';

type Props = { row: Row; label: string; status: 'error' | undefined; set: (value: unknown) => void };

/** The value of a parameter, in the way that fits it: a choice, yes or no, a number or a text. */
export function ParameterValue({ row, label, status, set }: Props) {
  const { t } = useTranslation();
  const limits = limitsOf(row);
  if (limits.choices)
    return (
      <Select
        variant="filled"
        size="small"
        className="ct-cell-choice"
        aria-label={label}
        status={status}
        value={row.value as string}
        onChange={(next) => set(next)}
        options={limits.choices.map((value) => ({ value: value as string, label: choiceText(row, value, t) }))}
        popupMatchSelectWidth={false}
      />
    );
  if (typeof row.value === 'boolean')
    return (
      <Switch
        size="small"
        aria-label={label}
        checked={row.value}
        onChange={set}
        checkedChildren={t('studio.table.yes')}
        unCheckedChildren={t('studio.table.no')}
      />
    );
  const isWrong = isBeyond(row.value, limits);
  return <TextCell label={label} value={row.value} status={isWrong ? 'error' : status} set={set} />;
}
