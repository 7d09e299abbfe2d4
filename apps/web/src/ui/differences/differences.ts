import type { FileKind } from '../../lib/file-kind.js';
import { lineDifferences } from './line-differences.js';

/** One sentence of what a publication changes; `key` names it in the catalogue, `values` fill it in. */
export type Difference = {
  kind: 'added' | 'changed' | 'removed';
  key: string;
  values: Record<string, string | number>;
};

/** What differs between published and new content, in the terms of the file's kind. */
export async function differencesOf(
  kind: FileKind,
  before: string | null,
  after: string | null,
): Promise<Difference[]> {
  if (after === null) return [{ kind: 'removed', key: 'fileRemoved', values: {} }];
  if (before === null) return [{ kind: 'added', key: 'fileAdded', values: {} }, ...(await rowsOfNew(kind, after))];
  try {
    if (kind === 'process') return await (await import('./process-differences.js')).processDifferences(before, after);
    if (kind === 'decision')
      return await (await import('./decision-differences.js')).decisionDifferences(before, after);
    if (kind === 'form') return (await import('./form-differences.js')).formDifferences(before, after);
    if (kind === 'settings' || kind === 'ledger')
      return (await import('./settings-differences.js')).settingsDifferences(before, after);
  } catch {
    return lineDifferences(before, after);
  }
  return lineDifferences(before, after);
}

/** A list that begins with the file: what stands in it. */
async function rowsOfNew(kind: FileKind, after: string): Promise<Difference[]> {
  if (kind !== 'settings' || !after.trimStart().startsWith('[')) return [];
  try {
    return (await import('./settings-differences.js')).settingsDifferences('[]', after);
  } catch {
    return [];
  }
}
