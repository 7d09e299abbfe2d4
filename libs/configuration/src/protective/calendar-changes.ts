import type { CalendarYear } from '#calendar';
import type { ConfigurationSet } from '../configuration-set.js';
import type { ProtectiveChange } from '../protective-changes.js';

type Comparable = Pick<ConfigurationSet, 'files' | 'calendar'>;

const folder = 'workflows/calendar/';
const SHOWN = 5;

/** Days that become days off, or working days: every term over working days moves with them. */
export function calendarChanges(before: Comparable, after: Comparable): readonly ProtectiveChange[] {
  const days = [...new Set([...daysNamed(before), ...daysNamed(after)])].sort();
  const changed = days.filter((day) => before.calendar.isWorkingDay(day) !== after.calendar.isWorkingDay(day));
  return [...new Set(changed.map(yearOf))].map((year) => {
    const ofYear = changed.filter((day) => yearOf(day) === year);
    const [off, worked] = [false, true].map((is) => ofYear.filter((day) => after.calendar.isWorkingDay(day) === is));
    const parts = [sentence(off ?? [], '不再是工作日'), sentence(worked ?? [], '改为工作日')].filter(Boolean);
    return { code: 'calendar', file: `${folder}${year}.json`, messageZh: `${year} 年日历：${parts.join('，')}。` };
  });
}

const yearOf = (day: string): string => day.slice(0, 4);

function sentence(days: readonly string[], becomes: string): string {
  if (days.length === 0) return '';
  const more = days.length > SHOWN ? `等 ${days.length} 天` : '';
  return `${days.slice(0, SHOWN).join('、')}${more}${becomes}`;
}

const daysNamed = ({ files }: Comparable): readonly string[] =>
  [...files]
    .filter(([path]) => path.startsWith(folder))
    .map(([, text]) => JSON.parse(text) as CalendarYear)
    .flatMap(({ holidays, workdays }) => [...holidays, ...workdays]);
