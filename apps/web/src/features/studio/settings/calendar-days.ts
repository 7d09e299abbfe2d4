/** A year file: ISO dates on which nobody works, and days off that are worked instead. */
export type YearFile = { year: number; holidays: string[]; workdays: string[] };
export type DayState = 'work' | 'off' | 'holiday' | 'madeUp';
export type Day = { date: string; day: number; state: DayState };
export type Month = {
  month: number;
  /** Empty places before the first day, where weeks begin on Monday. */ before: number;
  days: Day[];
};

export function isYearFile(value: unknown): value is YearFile {
  const file = value as Partial<YearFile> | null;
  const areDates = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === 'string');
  return (
    typeof file === 'object' && Number.isInteger(file?.year) && areDates(file?.holidays) && areDates(file?.workdays)
  );
}

/** The twelve months with what each day is. */
export function monthsOf({ year, holidays, workdays }: YearFile): Month[] {
  const [off, madeUp] = [new Set(holidays), new Set(workdays)];
  const stateOf = (date: string, isWeekend: boolean): DayState => {
    if (off.has(date)) return 'holiday';
    if (madeUp.has(date)) return 'madeUp';
    return isWeekend ? 'off' : 'work';
  };
  return Array.from({ length: 12 }, (_, index) => {
    const length = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
    const days = Array.from({ length }, (__, at) => {
      const date = new Date(Date.UTC(year, index, at + 1)).toISOString().slice(0, 10);
      return { date, day: at + 1, state: stateOf(date, isWeekend(date)) };
    });
    return { month: index + 1, before: (new Date(Date.UTC(year, index, 1)).getUTCDay() + 6) % 7, days };
  });
}

/** The lists after a click on a day: a workday becomes a holiday, a day of a weekend is worked or becomes a holiday. */
export function turnDay(file: YearFile, date: string): Pick<YearFile, 'holidays' | 'workdays'> {
  const { holidays, workdays } = file;
  if (holidays.includes(date)) return { holidays: without(holidays, date), workdays };
  if (workdays.includes(date)) return { holidays: within(holidays, date), workdays: without(workdays, date) };
  return isWeekend(date)
    ? { holidays, workdays: within(workdays, date) }
    : { holidays: within(holidays, date), workdays };
}

export const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const without = (list: string[], date: string) => list.filter((one) => one !== date);
const within = (list: string[], date: string) => [...list, date].sort();
