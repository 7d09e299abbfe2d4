import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from './api.js';

/** Until the server has answered, nobody is offered whom the typed text does not mean. */
function matches(typed: string, option: { label: string; value: string } | undefined): boolean {
  const text = typed.trim().toLowerCase();
  return option !== undefined && `${option.label} ${option.value}`.toLowerCase().includes(text);
}

type Props = { id: string; taskKey: string; value: string[]; isMany: boolean; change: (ids: string[]) => void };

/** Finds people by name, account or unit among those that the server offers for this task. */
export function PersonSelect({ id, taskKey, value, isMany, change }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const people = usePeople(taskKey, useDeferredValue(text));
  const options = (people.data?.items ?? []).map((person) => ({
    value: person.id,
    label: [person.name, person.unit?.name].filter(Boolean).join(' · '),
  }));
  return (
    <Select
      id={id}
      showSearch
      filterOption={(typed, option) => matches(typed, option)}
      onSearch={setText}
      style={{ width: '100%' }}
      placeholder={t('action.findPerson')}
      notFoundContent={people.isPending ? t('action.searching') : t('action.noPerson')}
      options={options}
      {...(isMany ? { mode: 'multiple' as const } : {})}
      value={isMany ? value : (value[0] ?? null)}
      onChange={(chosen: string | string[] | null) => change(chosen === null ? [] : [chosen].flat())}
    />
  );
}
