import { toJson } from '#feel';
import type { LedgerColumn } from './declarations.js';

/** What a cell holds: text, number, truth, a date as `YYYY-MM-DD`, a time as epoch ms, several texts, or keys of sealed values. */
export type CellValue = string | number | boolean | readonly string[] | { readonly sealed: readonly string[] } | null;

const MAX_TEXT = 2_000;
const MAX_LIST = 100;
const DAY = /^\d{4}-\d{2}-\d{2}/;
/** A time with its offset; FEEL may write the region behind it. */
const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?(?:[[@].*)?$/;

/** A value of a formula as the cell of a column; undefined where it is of another type than the column says. */
export function cellValue(
  value: unknown,
  { type }: Pick<LedgerColumn, 'type'>,
  timeZone: string,
): CellValue | undefined {
  const plain = value ?? null;
  if (type === 'sealed') return { sealed: handlesIn(plain).slice(0, MAX_LIST) };
  if (plain === null) return null;
  if (type === 'number') return numberOf(plain);
  if (type === 'boolean') return typeof plain === 'boolean' ? plain : undefined;
  if (type === 'date') return dayOf(plain);
  if (type === 'dateTime' || type === 'deadline') return momentOf(plain, timeZone);
  return textOf(plain);
}

/** Epoch ms of a FEEL or ISO date and time; of a date, its first moment. Undefined where it is neither. */
export function momentOf(value: unknown, timeZone: string): number | undefined {
  const text = textForm(value);
  if (text === undefined) return undefined;
  const match = MOMENT.exec(isDay(text) ? `${text}T00:00` : text);
  if (!match) return undefined;
  const [, local = '', offset] = match;
  const at = offset === undefined ? localMoment(local, timeZone) : Date.parse(`${local}${offset}`);
  return Number.isFinite(at) ? at : undefined;
}

/** Tells a date without a time of day. */
export const isDay = (value: unknown): boolean => /^\d{4}-\d{2}-\d{2}$/.test(textForm(value) ?? '');

/** A local time of a zone: its offset at about that time, taken twice so that it is right beside a change too. */
function localMoment(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  const guess = asUtc - offsetOf(asUtc, timeZone);
  return asUtc - offsetOf(guess, timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds by which a zone is ahead of UTC at a moment. */
export function offsetOf(at: number, timeZone: string): number {
  if (!Number.isFinite(at)) return 0;
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}

function dayOf(value: unknown): string | undefined {
  return DAY.exec(textForm(value) ?? '')?.[0];
}

/** A FEEL number may be a decimal of its own class. */
function numberOf(value: unknown): number | undefined {
  const plain = toJson(value);
  return typeof plain === 'number' && Number.isFinite(plain) ? plain : undefined;
}

function textOf(value: unknown): CellValue | undefined {
  if (Array.isArray(value)) {
    const texts = value.map((one: unknown) => textForm(one));
    return texts.every((one) => one !== undefined) ? texts.slice(0, MAX_LIST).map(cut) : undefined;
  }
  const text = textForm(value);
  return text === undefined ? undefined : cut(text);
}

/** Text, number or temporal value as text; never a context, so that no handle slips in. PostgreSQL stores no zero bytes. */
function textForm(value: unknown): string | undefined {
  const plain = toJson(value);
  if (typeof plain === 'string') return plain.replaceAll('\0', '');
  return typeof plain === 'number' ? String(plain) : undefined;
}

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text);

/** Keys of all sealed values below a value. */
function handlesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(handlesIn);
  if (typeof value !== 'object' || value === null) return [];
  const key: unknown = (value as Readonly<Record<string, unknown>>)['$sealed'];
  return typeof key === 'string' ? [key] : Object.values(value).flatMap(handlesIn);
}
