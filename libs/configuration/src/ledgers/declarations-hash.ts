import { hashText } from '../hash.js';
import type { ReadModelEntry } from './entries.js';

const CALENDAR = /^workflows\/calendar\//;

/** What formulas read of the settings, by the functions that do. */
const dependencies: readonly (readonly [RegExp, RegExp])[] = [
  [/parameter\s*\(/, /^workflows\/parameters\.json$/],
  [/(?:working day|calendar days|end of day)/, CALENDAR],
  [/unit name\s*\(/, /^workflows\/organization\.json$/],
  [/dictionary label\s*\(/, /^workflows\/dictionaries\.json$/],
];

/**
 * Names all that decides the rows of a process besides its instances: SHA-256 in hex. Where it changes, the rows are
 * made again.
 */
export function declarationsHash(
  entries: readonly ReadModelEntry[],
  files: ReadonlyMap<string, string>,
  version: number,
): string {
  const paths = [...new Set(entries.map(({ path }) => path))].sort();
  const texts = paths.map((path) => `${path}\n${files.get(path) ?? ''}`);
  const sources = entries.flatMap(({ formulas }) => [...formulas.values()].map(({ source }) => source)).join('\n');
  const countsDays = entries.some(({ kind }) => kind === 'deadline');
  const read = dependencies
    .filter(([call, path]) => call.test(sources) || (countsDays && path === CALENDAR))
    .map(([, path]) => path);
  const settings = [...files].filter(([path]) => read.some((one) => one.test(path))).map((file) => file.join('\n'));
  return hashText(JSON.stringify([version, texts, settings.sort()]));
}
