import type { FileKind, StudioFile } from './api.js';

export type FileGroup = { id: string; title: string; files: StudioFile[] };

const order: FileKind[] = ['process', 'decision', 'form', 'document', 'settings', 'readme'];

/** One group for each process (its diagram first), then the forms, then the settings that all share. */
export function groupFiles(files: readonly StudioFile[]): FileGroup[] {
  const groups = new Map<string, StudioFile[]>();
  for (const file of files) {
    const id = groupOf(file);
    groups.set(id, [...(groups.get(id) ?? []), file]);
  }
  const shared = ['forms', 'settings'];
  const ids = [...groups.keys()].sort(
    (one, other) => shared.indexOf(one) - shared.indexOf(other) || one.localeCompare(other),
  );
  return ids.map((id) => {
    const own = [...(groups.get(id) ?? [])].sort(
      (one, other) => order.indexOf(one.kind) - order.indexOf(other.kind) || one.path.localeCompare(other.path),
    );
    return {
      id,
      title: own.find(({ kind }) => kind === 'process')?.title ?? (shared.includes(id) ? '' : id),
      files: own,
    };
  });
}

function groupOf({ path, kind, processId }: StudioFile): string {
  if (kind === 'form') return 'forms';
  const folder = /^workflows\/([^/]+)\//.exec(path)?.[1];
  if (processId) return processId;
  return folder && folder !== 'calendar' ? folder : 'settings';
}
