/** Calendar arithmetic in the time zone of the organisation; the zone of the device never matters. */
export const TIME_ZONE = 'Asia/Shanghai';

const formatter = new Intl.DateTimeFormat('en-CA', {
  timeZone: TIME_ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

export type WallTime = { year: number; month: number; day: number; hour: number; minute: number; second: number };

/** The wall-clock reading in Shanghai of an instant (epoch ms). */
export function wallTime(epochMs: number): WallTime {
  const parts = Object.fromEntries(formatter.formatToParts(epochMs).map((part) => [part.type, Number(part.value)]));
  return {
    year: parts.year ?? 0,
    month: parts.month ?? 0,
    day: parts.day ?? 0,
    hour: parts.hour ?? 0,
    minute: parts.minute ?? 0,
    second: parts.second ?? 0,
  };
}

const two = (value: number) => String(value).padStart(2, '0');
const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function isEnglish(language: string): boolean {
  return language.startsWith('en');
}

/** "11月28日" / "28 Nov", with the year when it is not the year of `nowMs`. */
export function dayText(epochMs: number, language: string, nowMs: number): string {
  const { year, month, day } = wallTime(epochMs);
  const foreign = year !== wallTime(nowMs).year;
  if (isEnglish(language)) return `${day} ${englishMonths[month - 1]}${foreign ? ` ${year}` : ''}`;
  return `${foreign ? `${year}年` : ''}${month}月${day}日`;
}

/** Epoch ms of an ISO 8601 text, also of one that names its zone as FEEL does (`…+08:00@Asia/Shanghai`); NaN for others. */
export function instantOf(text: string): number {
  return Date.parse(text.replace(/(@|\[).*$/, ''));
}

/** "11月28日 09:05"; the exact instant of something that happened. */
export function momentText(iso: string | null | undefined, language: string, nowMs = Date.now()): string {
  const at = iso ? instantOf(iso) : Number.NaN;
  return Number.isNaN(at) ? '' : `${dayText(at, language, nowMs)} ${clockText(at)}`;
}

/** "09:05" */
export function clockText(epochMs: number): string {
  const { hour, minute } = wallTime(epochMs);
  return `${two(hour)}:${two(minute)}`;
}

/** Hours, minutes and seconds of a duration in ms: "1:02:03", "02:03"; never negative. */
export function stopwatchText(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** ISO 8601 with the offset of Shanghai from a `datetime-local` value ("2026-11-23T09:05"). */
export function isoFromLocal(local: string): string {
  return local.length === 16 ? `${local}:00+08:00` : `${local}+08:00`;
}

/** `datetime-local` value in Shanghai of an ISO instant; empty when it is none. */
export function localFromIso(iso: string): string {
  const at = instantOf(iso);
  if (Number.isNaN(at)) return '';
  const wall = wallTime(at);
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
}
