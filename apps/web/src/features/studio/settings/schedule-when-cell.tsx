import { EditOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Popover, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { declarationOf, LANDMARKS, whenOf, type Landmark, type When } from './schedule-when.js';
import type { Row } from './tables.js';

type Props = { row: Row; label: string; write: (values: Row) => void };
type Sentence = (when: When) => string;

const first: Readonly<Record<When['every'], Omit<When, 'at'>>> = {
  day: { every: 'day' },
  week: { every: 'week', weekday: 1 } as Omit<When, 'at'>,
  month: { every: 'month', day: 1 } as Omit<When, 'at'>,
  year: { every: 'year', months: [1], day: 1 } as Omit<When, 'at'>,
  before: { every: 'before', days: 7, of: 'holiday' } as Omit<When, 'at'>,
};

/** When a schedule starts something, said in words and changed in words. */
export function ScheduleWhen({ row, label, write }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<When | null>(null);
  const sentence = useSentence();
  const when = whenOf(row);
  if (!when)
    return (
      <span className="ct-soft" title={String(row.cron ?? row.rrule ?? '')}>
        {t('studio.table.whenFormula')}
      </span>
    );
  const close = () => setDraft(null);
  return (
    <Popover
      open={draft !== null}
      onOpenChange={(isOpen) => setDraft(isOpen ? when : null)}
      trigger="click"
      destroyOnHidden
      title={label}
      content={
        draft && (
          <WhenForm
            when={draft}
            set={setDraft}
            done={() => {
              write(declarationOf(draft));
              close();
            }}
          />
        )
      }
    >
      <Button type="text" size="small" className="ct-when" aria-label={`${label}：${sentence(when)}`}>
        {sentence(when)} <EditOutlined aria-hidden />
      </Button>
    </Popover>
  );
}

function useSentence(): Sentence {
  const { t } = useTranslation();
  return (when) =>
    t(`studio.table.when.${when.every === 'before' && when.days === 0 ? 'on' : when.every}`, {
      ...when,
      months: when.every === 'year' ? when.months.join(t('studio.table.and')) : '',
      weekday: when.every === 'week' ? t(`studio.table.weekday.${when.weekday}`) : '',
      of: when.every === 'before' ? t(`studio.table.landmark.${when.of}`) : '',
    });
}

function WhenForm({ when, set, done }: { when: When; set: (when: When) => void; done: () => void }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const number = (name: 'day' | 'days', max: number, min = 1) => (
    <InputNumber
      min={min}
      max={max}
      aria-label={t(`studio.table.whenPart.${name}`)}
      suffix={t(`studio.table.whenPart.${name}`)}
      value={(when as Record<string, unknown>)[name] as number}
      onChange={(value) => value !== null && set({ ...when, [name]: value } as When)}
    />
  );
  return (
    <form
      className="ct-when-form"
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <Select<When['every']>
        aria-label={t('studio.table.whenPart.every')}
        value={when.every}
        onChange={(every) => set({ ...first[every], at: when.at } as When)}
        options={Object.keys(first).map((every) => ({
          value: every as When['every'],
          label: t(`studio.table.every.${every}`),
        }))}
      />
      {when.every === 'week' && (
        <Select
          aria-label={t('studio.table.whenPart.weekday')}
          value={when.weekday}
          onChange={(weekday) => set({ ...when, weekday })}
          options={[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: day, label: t(`studio.table.weekday.${day}`) }))}
        />
      )}
      {when.every === 'year' && (
        <Select<number[]>
          mode="multiple"
          aria-label={t('studio.table.whenPart.month')}
          value={when.months}
          onChange={(months) => months.length > 0 && set({ ...when, months: months.sort((a, b) => a - b) })}
          options={Array.from({ length: 12 }, (_, index) => ({
            value: index + 1,
            label: t('studio.table.month', { month: index + 1 }),
          }))}
        />
      )}
      {(when.every === 'month' || when.every === 'year') && number('day', 31)}
      {when.every === 'before' && (
        <>
          <Select<Landmark>
            aria-label={t('studio.table.whenPart.of')}
            value={when.of}
            onChange={(of) => set({ ...when, of })}
            options={LANDMARKS.map((of) => ({ value: of, label: t(`studio.table.landmark.${of}`) }))}
          />
          {number('days', 366, 0)}
        </>
      )}
      <Input
        type="time"
        required
        aria-label={t('studio.table.whenPart.at')}
        value={when.at}
        onChange={(event) => event.target.value && set({ ...when, at: event.target.value })}
      />
      <p className="ct-soft">{sentence(when)}</p>
      <Button type="primary" htmlType="submit">
        {t('studio.table.whenDone')}
      </Button>
    </form>
  );
}
