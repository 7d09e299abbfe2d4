const offset = '+08:00';
const offsetMs = 8 * 3_600_000;

/** ISO 8601 text with the offset of `Asia/Shanghai`, which has no daylight saving time; for `/api`. */
export function isoTime(at: number): string;
export function isoTime(at: number | null | undefined): string | null;
export function isoTime(at: number | null | undefined): string | null {
  if (at === null || at === undefined) return null;
  return `${new Date(at + offsetMs).toISOString().slice(0, -1)}${offset}`;
}

/** When a day such as `2026-03-01` begins in `Asia/Shanghai`, epoch ms. */
export const dayBegins = (day: string): number => Date.parse(`${day}T00:00:00${offset}`);
