import type { LampColor } from './api-types.js';
import { clockText, dayText, isEnglish, momentText, wallTime } from './time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "还剩 3 天 4 小时" or "已超期 2 小时"; the two largest units, never seconds. */
export function remainingText(dueMs: number, nowMs: number, language: string): string {
  const left = dueMs - nowMs;
  const span = spanText(Math.abs(left), language);
  if (isEnglish(language)) return left > 0 ? `${span} left` : `overdue by ${span}`;
  return left > 0 ? `还剩 ${span}` : `已超期 ${span}`;
}

/** A length of time in its two largest units: "3 天 4 小时", "25 分钟", "不到 1 分钟". */
export function spanText(durationMs: number, language: string): string {
  const words = isEnglish(language)
    ? { day: 'd', hour: 'h', minute: 'min', less: 'less than 1 min' }
    : { day: '天', hour: '小时', minute: '分钟', less: '不到 1 分钟' };
  const days = Math.floor(durationMs / DAY);
  const hours = Math.floor((durationMs % DAY) / HOUR);
  const minutes = Math.floor((durationMs % HOUR) / MINUTE);
  const parts = [
    days > 0 ? `${days} ${words.day}` : '',
    hours > 0 ? `${hours} ${words.hour}` : '',
    minutes > 0 && days === 0 ? `${minutes} ${words.minute}` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' ') : words.less;
}

/** "11月28日 24:00前" / "by 28 Nov 24:00": until when something is to be done. */
export function dueText(dueMs: number, nowMs: number, language: string): string {
  const end = endText(dueMs, language, nowMs);
  return isEnglish(language) ? `by ${end}` : `${end}前`;
}

/** "11月28日 24:00": an end at 00:00 is told as 24:00 of the day before, as deadlines are spoken of. */
export function endText(endMs: number, language: string, nowMs = Date.now()): string {
  const wall = wallTime(endMs);
  const isMidnight = wall.hour === 0 && wall.minute === 0;
  return `${dayText(isMidnight ? endMs - MINUTE : endMs, language, nowMs)} ${isMidnight ? '24:00' : clockText(endMs)}`;
}

/** When something counts: the last millisecond of a day, which keeps a deadline in its own period, is told as 24:00. */
export function countedText(iso: string, language: string, nowMs = Date.now()): string {
  const next = Date.parse(iso) + 1;
  return next % MINUTE === 0 && clockText(next) === '00:00'
    ? endText(next, language, nowMs)
    : momentText(iso, language, nowMs);
}

/** The colour of a deadline: half of the time gone is near, four fifths urgent, past due overdue. */
export function lampOf(createdMs: number, dueMs: number, nowMs: number): LampColor {
  if (nowMs >= dueMs) return 'overdue';
  const share = (nowMs - createdMs) / Math.max(1, dueMs - createdMs);
  if (share >= 0.8) return 'urgent';
  return share >= 0.5 ? 'near' : 'normal';
}
