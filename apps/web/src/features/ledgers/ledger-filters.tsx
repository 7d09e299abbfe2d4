import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ledger, LedgerColumn, LedgerFilter } from '../../lib/api/ledgers.js';
import { columnTitle } from './column-choice.js';

type Props = { ledger: Ledger; filters: LedgerFilter[]; change: (filters: LedgerFilter[]) => void };

/** Filters that are shown before somebody asks for more. */
const USUAL = 4;

/** A field for each column that may be filtered, by what it holds. */
export function LedgerFilters({ ledger, filters, change }: Props) {
  const { t, i18n } = useTranslation();
  const [isUnfolded, unfold] = useState(false);
  const all = ledger.columns.filter(({ filter }) => filter);
  const isSet = (id: string) => filters.some(({ column }) => column === id);
  const columns = all.filter(({ id }, place) => isUnfolded || place < USUAL || isSet(id));
  const set = (column: string, part: Omit<LedgerFilter, 'column'> | null) => {
    const others = filters.filter((one) => one.column !== column);
    change(part === null ? others : [...others, { column, ...part }]);
  };
  return (
    <div className="ct-ledger-filters" role="search" aria-label={t('ledgers.filters')}>
      {columns.map((column) => (
        <div key={column.id} className="ct-ledger-filter">
          <span className="ct-soft" aria-hidden>
            {columnTitle(column, i18n.language)}
          </span>
          <FilterField
            column={column}
            filter={filters.find((one) => one.column === column.id)}
            set={(part) => set(column.id, part)}
          />
        </div>
      ))}
      <div className="ct-row">
        {all.length > USUAL && (
          <Button type="text" aria-expanded={isUnfolded} onClick={() => unfold(!isUnfolded)}>
            {t(isUnfolded ? 'ledgers.fewerFilters' : 'ledgers.moreFilters')}
          </Button>
        )}
        {filters.length > 0 && <Button onClick={() => change([])}>{t('ledgers.clear')}</Button>}
      </div>
    </div>
  );
}

type FieldProps = {
  column: LedgerColumn;
  filter: LedgerFilter | undefined;
  set: (part: Omit<LedgerFilter, 'column'> | null) => void;
};

function FilterField({ column, filter, set }: FieldProps) {
  const { t, i18n } = useTranslation();
  const label = t('ledgers.filterOn', { name: columnTitle(column, i18n.language) });
  if (column.choices !== null || column.type === 'boolean') {
    const choices = column.choices ?? [
      { value: 'true', label: t('ledgers.yes') },
      { value: 'false', label: t('ledgers.no') },
    ];
    const isTruth = column.type === 'boolean';
    return (
      <Select
        mode="multiple"
        allowClear
        aria-label={label}
        placeholder={t('work.view.all')}
        maxTagCount={1}
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        value={(filter?.equal ?? []).map(String)}
        options={choices.map((choice) => ({ value: String(choice.value), label: choice.label }))}
        onChange={(values: string[]) =>
          set(values.length === 0 ? null : { equal: isTruth ? values.map((one) => one === 'true') : values })
        }
      />
    );
  }
  if (column.type === 'text')
    return (
      <Input.Search
        allowClear
        aria-label={label}
        placeholder={t('ledgers.contains')}
        maxLength={100}
        defaultValue={filter?.contains ?? ''}
        key={filter === undefined ? 'empty' : 'set'}
        onSearch={(text) => set(text.trim() === '' ? null : { contains: text.trim() })}
      />
    );
  return <RangeField label={label} isNumber={column.type === 'number'} filter={filter} set={set} />;
}

type RangeProps = Pick<FieldProps, 'filter' | 'set'> & { label: string; isNumber: boolean };

/** Two ends that are both let in; days are typed or picked in the browser's own field. */
function RangeField({ label, isNumber, filter, set }: RangeProps) {
  const { t } = useTranslation();
  const change = (end: 'from' | 'to', value: string | number | null) => {
    const other = end === 'from' ? 'to' : 'from';
    const kept = filter?.[other];
    const next = {
      ...(kept === undefined ? {} : { [other]: kept }),
      ...(value === null || value === '' ? {} : { [end]: value }),
    };
    set(Object.keys(next).length === 0 ? null : next);
  };
  const ends = ['from', 'to'] as const;
  return (
    <span className="ct-ledger-range">
      {ends.map((end) => {
        const name = `${label} ${t(`ledgers.${end}`)}`;
        const value = filter?.[end];
        return isNumber ? (
          <InputNumber
            key={end}
            aria-label={name}
            placeholder={t(`ledgers.${end}`)}
            value={typeof value === 'number' ? value : null}
            onChange={(number) => change(end, number)}
          />
        ) : (
          <Input
            key={end}
            type="date"
            aria-label={name}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => change(end, event.target.value)}
          />
        );
      })}
    </span>
  );
}
