/** Rows of a ledger as appointments, for calendars that people subscribe to (`workflows/calendar-feeds.json`). */
export interface CalendarFeed {
  readonly id: string;
  readonly title: string;
  readonly titleEn?: string;
  /** Whose readers may subscribe to it. */
  readonly ledger: string;
  /** Column of type `date` (a whole day) or `dateTime`, by which the ledger can be sorted. */
  readonly start: string;
  /** Column of the same type; a date is the last day. */
  readonly end?: string;
  /** ISO 8601, where no column holds the end. */
  readonly duration?: string;
  /** With `{{<column>}}`, as do `place` and `description`. */
  readonly summary: string;
  readonly place?: string;
  readonly description?: string;
  /** Everybody may subscribe, without signing in; the ledger has to name the portal among its readers. */
  readonly public?: boolean;
}

/** Texts of a feed that may name columns. */
export const FEED_TEXTS = ['summary', 'place', 'description'] as const;

/** Columns that a text of a feed names, in order. */
export function columnsNamedIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, column = '']) => column);
}
