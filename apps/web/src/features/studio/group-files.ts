import type { FileKind } from '../../lib/file-kind.js';
import type { StudioFile } from './api.js';

export type FileGroup = { id: string; title: string; files: StudioFile[] };

const order: FileKind[] = ['process', 'decision', 'form', 'document', 'settings', 'ledger', 'scenarios', 'readme'];

/** One group for each process (its diagram first), then the forms, then the settings that all share. */
export function groupFiles(files: readonly StudioFile[]): FileGroup[] {
  const processFolders = new Set(files.filter(({ kind }) => kind === 'process').map(({ path }) => folderOf(path)));
  const groups = new Map<string, StudioFile[]>();
  for (const file of files) {
    const folder = folderOf(file.path);
    const id = file.kind === 'form' ? 'forms' : processFolders.has(folder) ? folder : 'settings';
    groups.set(id, [...(groups.get(id) ?? []), file]);
  }
  const shared = ['forms', 'settings'];
  const ids = [...groups.keys()].sort(
    (one, other) => shared.indexOf(one) - shared.indexOf(other) || one.localeCompare(other),
  );
  return ids.map((id) => {
    const own = [...(groups.get(id) ?? [])].sort(
      (one, other) => rank(one) - rank(other) || one.path.localeCompare(other.path),
    );
    return {
      id,
      title: own.find(({ kind }) => kind === 'process')?.title ?? (shared.includes(id) ? '' : id),
      files: own,
    };
  });
}

/** Groups called so with all they hold, and of the others the files that are called so; a path counts as a name too. */
export function groupsNamed(groups: FileGroup[], word: string, titleOf: (file: StudioFile) => string): FileGroup[] {
  const wanted = word.trim().toLowerCase();
  const isNamed = (text: string) => text.toLowerCase().includes(wanted);
  return groups
    .map((group) =>
      isNamed(group.title)
        ? group
        : { ...group, files: group.files.filter((file) => isNamed(titleOf(file)) || isNamed(file.path)) },
    )
    .filter(({ files }) => files.length > 0);
}

/** Kinds the studio does not know come last. */
function rank({ kind }: StudioFile): number {
  const place = order.indexOf(kind);
  return place < 0 ? order.length : place;
}

function folderOf(path: string): string {
  return /^workflows\/([^/]+)\//.exec(path)?.[1] ?? '';
}
