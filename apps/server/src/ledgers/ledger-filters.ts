import { type LedgerColumn, offsetOf, sortText } from '#configuration';
import type { LedgerFilter } from '#persistence';
import { Refusal } from '../problems/refusal.js';

/** One filter as a screen asks for it. */
export interface FilterWish {
  readonly column: string;
  readonly equal?: readonly (string | number | boolean | null)[];
  /** Number, or a day as `YYYY-MM-DD`. */
  readonly from?: string | number;
  /** The last number or day that is let in. */
  readonly to?: string | number;
  readonly contains?: string;
}

const MAX_FILTERS = 20;
const MAX_VALUES = 200;
const DAY_MS = 24 * 3_600_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Filters over the columns that the reader sees; what it does not see cannot be asked about. */
export function ledgerFilters(
  wishes: readonly FilterWish[],
  columns: readonly LedgerColumn[],
  timeZone: string,
): readonly LedgerFilter[] {
  if (wishes.length > MAX_FILTERS) throw wrong(`at most ${MAX_FILTERS} filters`);
  return wishes.map((wish) => {
    const column = columns.find(({ id }) => id === wish.column);
    if (!column || column.filter !== true) throw wrong(`a column that can be filtered but found "${wish.column}"`);
    return oneFilter(wish, column, timeZone);
  });
}

/** Reads the filters of a query string: a JSON list. */
export function readFilters(text: string | undefined): readonly FilterWish[] {
  if (text === undefined || text === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('a JSON list of filters');
  }
  if (!Array.isArray(value) || !value.every(isWish)) throw wrong('a JSON list of filters, each with its column');
  return value;
}

function isWish(value: unknown): value is FilterWish {
  if (typeof value !== 'object' || value === null) return false;
  const { column, equal, from, to, contains } = value as Readonly<Record<string, unknown>>;
  const isBound = (bound: unknown) => bound === undefined || typeof bound === 'string' || Number.isFinite(bound);
  const isPlain = (one: unknown) => one === null || ['string', 'number', 'boolean'].includes(typeof one);
  return (
    typeof column === 'string' &&
    (equal === undefined || (Array.isArray(equal) && equal.length <= MAX_VALUES && equal.every(isPlain))) &&
    isBound(from) &&
    isBound(to) &&
    (contains === undefined || (typeof contains === 'string' && contains.length <= 100))
  );
}

function oneFilter(wish: FilterWish, column: LedgerColumn, timeZone: string): LedgerFilter {
  const { equal, from, to, contains } = wish;
  return {
    columnId: column.id,
    ...(equal && equal.length > 0
      ? { equal: equal.map((value) => sortText(textual(column) ? asText(value) : value)) }
      : {}),
    ...(from === undefined ? {} : { from: sortText(boundOf(from, column, timeZone)) }),
    ...(to === undefined ? {} : { below: afterBound(to, column, timeZone) }),
    ...(contains === undefined || contains === '' ? {} : { contains }),
  };
}

/** Columns whose cells are texts, also where the dictionary has numbers. */
const textual = ({ type }: LedgerColumn): boolean => ['text', 'dictionary', 'unit', 'state', 'date'].includes(type);

const asText = (value: string | number | boolean | null): string | null => (value === null ? null : String(value));

/** The value that a bound stands for; of times, the beginning of the day. */
function boundOf(bound: string | number, { type, id }: LedgerColumn, timeZone: string): string | number {
  if (type === 'number' && typeof bound === 'number') return bound;
  if (typeof bound !== 'string' || !DAY.test(bound) || Number.isNaN(Date.parse(bound)))
    throw wrong(`a ${type === 'number' ? 'number' : 'day such as 2026-03-01'} as bound of "${id}"`);
  if (type === 'date') return bound;
  if (type === 'dateTime' || type === 'deadline') return midnight(bound, timeZone);
  throw wrong(`a column of dates or numbers but "${id}" is of type ${type}`);
}

/** The first text behind those that are let in. A deadline at 24:00 of a day belongs to that day. */
function afterBound(bound: string | number, column: LedgerColumn, timeZone: string): string {
  const last = boundOf(bound, column, timeZone);
  if (column.type === 'date') return sortText(new Date(Date.parse(String(last)) + DAY_MS).toISOString().slice(0, 10));
  if (column.type !== 'number') return sortText(Number(last) + DAY_MS + (column.type === 'deadline' ? 1 : 0));
  return (BigInt(`0x${sortText(last)}`) + 1n).toString(16).padStart(16, '0');
}

function midnight(day: string, timeZone: string): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  return asUtc - offsetOf(asUtc, timeZone);
}

const wrong = (expected: string): Refusal =>
  new Refusal('invalidArgument', `Expected ${expected}.`, { zh: '筛选条件有误，请重新选择。' });
