const DAY_MS = 24 * 3_600_000;
const folderName = /^changtong-(\d{4}-\d{2}-\d{2})$/;

/** Name of the backup of a calendar day (ISO date). */
export const nightlyFolder = (day: string): string => `changtong-${day}`;

/** Which of these folders are nightly backups from more than `keepDays` days before `day`; others are never named. */
export function outdated(names: readonly string[], day: string, keepDays: number): readonly string[] {
  const oldest = Date.parse(day) - keepDays * DAY_MS;
  return names.filter((name) => Date.parse(folderName.exec(name)?.[1] ?? day) < oldest);
}
