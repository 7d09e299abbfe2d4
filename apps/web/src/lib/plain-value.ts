import { dayText, instantOf, momentText } from './time.js';

/** A value as a person reads it: yes and no in words, moments as local time, days as days, lists with commas. */
export function plainValue(value: unknown, translate: (key: string) => string): string {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value) && value.length === 0) return '—';
  if (typeof value === 'boolean') return translate(value ? 'common.yes' : 'common.no');
  if (Array.isArray(value)) return value.map((item) => plainValue(item, translate)).join('、');
  if (typeof value === 'object') return recordText(value as Record<string, unknown>, translate);
  const text = String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(text))
    return dayText(instantOf(`${text}T00:00:00+08:00`), translate('common.language'), Date.now());
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? momentText(text, translate('common.language')) : text;
}

/** The day of a moment where the organization is; midnight at which a term ends belongs to the day before. */
export function plainDay(text: string, translate: (key: string) => string, endsTerm = false): string {
  const at = instantOf(text);
  if (Number.isNaN(at)) return text;
  return dayText(endsTerm ? at - 1 : at, translate('common.language'), Date.now());
}

function recordText(record: Record<string, unknown>, translate: (key: string) => string): string {
  if (typeof record.$sealed === 'string') return '●●●●';
  if (typeof record.name === 'string') return record.name;
  return Object.values(record)
    .map((part) => plainValue(part, translate))
    .join(' ');
}
