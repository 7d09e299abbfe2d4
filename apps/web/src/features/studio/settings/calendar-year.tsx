import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monthsOf, turnDay, type Day, type YearFile } from './calendar-days.js';
import { setAt } from '../text/json-text.js';

type Props = { file: YearFile & { note?: unknown }; text: string; change: (text: string) => void };

/** A year at a glance; a click on a day turns it between work, holiday and a day worked instead. */
export function CalendarYear({ file, text, change }: Props) {
  const { t } = useTranslation();
  const turn = (date: string) => {
    const { holidays, workdays } = turnDay(file, date);
    change(setAt(setAt(text, ['holidays'], holidays), ['workdays'], workdays));
  };
  return (
    <div className="ct-settings ct-year">
      <div className="ct-settings-bar">
        <Note
          note={typeof file.note === 'string' ? file.note : ''}
          set={(note) => change(setAt(text, ['note'], note))}
        />
        <span className="ct-soft" role="status">
          {t('studio.table.yearCount', { holidays: file.holidays.length, workdays: file.workdays.length })}
        </span>
      </div>
      <ul className="ct-plain ct-year-legend" aria-label={t('studio.table.legend')}>
        {(['work', 'off', 'holiday', 'madeUp'] as const).map((state) => (
          <li key={state}>
            <span className={`ct-day is-${state}`} aria-hidden>
              {t(`studio.table.dayMark.${state}`)}
            </span>{' '}
            {t(`studio.table.day.${state}`)}
          </li>
        ))}
        <li className="ct-soft">{t('studio.table.yearHint')}</li>
      </ul>
      <div className="ct-year-months">
        {monthsOf(file).map(({ month, before, days }) => (
          <section key={month} aria-label={t('studio.table.month', { month })}>
            <h3>{t('studio.table.month', { month })}</h3>
            <div className="ct-month">
              {[1, 2, 3, 4, 5, 6, 0].map((weekday) => (
                <span key={weekday} className="ct-weekday" aria-hidden>
                  {t(`studio.table.weekdayShort.${weekday}`)}
                </span>
              ))}
              {Array.from({ length: before }, (_, index) => (
                <span key={`before${index}`} />
              ))}
              {days.map((day) => (
                <DayButton key={day.date} day={day} turn={turn} />
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}

function DayButton({ day: { date, day, state }, turn }: { day: Day; turn: (date: string) => void }) {
  const { t } = useTranslation();
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const said = t('studio.table.dayLabel', {
    month: Number(date.slice(5, 7)),
    day,
    weekday: t(`studio.table.weekday.${weekday}`),
    state: t(`studio.table.day.${state}`),
  });
  return (
    <button type="button" className={`ct-day is-${state}`} aria-label={said} title={said} onClick={() => turn(date)}>
      {day}
      {(state === 'holiday' || state === 'madeUp') && <sup aria-hidden>{t(`studio.table.dayMark.${state}`)}</sup>}
    </button>
  );
}

function Note({ note, set }: { note: string; set: (note: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(note);
  const commit = () => {
    if (typed !== note) set(typed);
  };
  return (
    <Input
      className="ct-year-note"
      aria-label={t('studio.table.note')}
      placeholder={t('studio.table.note')}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onPressEnter={commit}
    />
  );
}
