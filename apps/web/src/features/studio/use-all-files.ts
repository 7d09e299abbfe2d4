import { useMemo } from 'react';
import { useStudioFiles, type StudioFile } from './api.js';
import { useDrafts, type Draft, type Drafts } from './drafts.js';

/** The published files and those that stand in the drafts alone. */
export function withNewFiles(files: readonly StudioFile[], drafts: Drafts): StudioFile[] {
  const known = new Set(files.map(({ path }) => path));
  const fresh = Object.values(drafts).filter(({ path, content }) => !known.has(path) && content !== null);
  return [
    ...files,
    ...fresh.map(({ path, created }): StudioFile => {
      const { kind, title, process }: NonNullable<Draft['created']> = created ?? {
        kind: 'settings',
        title: path.split('/').at(-1) ?? path,
      };
      return { path, kind, title, size: 0, problems: 0, isNew: true, ...(process && { madeWith: process }) };
    }),
  ];
}

export function useAllFiles(): StudioFile[] {
  const files = useStudioFiles().data?.files;
  const drafts = useDrafts();
  return useMemo(() => withNewFiles(files ?? [], drafts), [files, drafts]);
}
