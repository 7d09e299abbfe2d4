const DAY_MS = 24 * 3_600_000;
const folderName = /^changtong-(\d{4}-\d{2}-\d{2})(\.partial)?$/;

/** Name of the backup of a calendar day (ISO date). */
export const nightlyFolder = (day: string): string => `changtong-${day}`;

/** Where a backup is made before it is whole. */
export const partialOf = (folder: string): string => `${folder}.partial`;

/**
 * Which of these folders are nightly backups from more than `keepDays` days before `day`, whole or not: what was destroyed
 * since may be in either. Others are never named.
 */
export function outdated(names: readonly string[], day: string, keepDays: number): readonly string[] {
  const oldest = Date.parse(day) - keepDays * DAY_MS;
  return names.filter((name) => Date.parse(folderName.exec(name)?.[1] ?? day) < oldest);
}
