import { fetchFile, type StudioFile } from '../api.js';
import { useDraftStore } from '../drafts.js';
import { useOpenFile } from '../use-open-file.js';
import { newThing, withEntry, type Wish } from './new-files.js';

/** Makes the files of a new thing as drafts, adds it to the lists that name it and opens it. */
export function useCreate(files: readonly StudioFile[]): (wish: Wish) => Promise<void> {
  const store = useDraftStore();
  const openFile = useOpenFile();
  return async (wish) => {
    const { files: made, entries } = newThing(wish);
    const longer = await Promise.all(
      entries.map(async ({ path, entry }) => {
        const draft = store.read()[path];
        const isPublished = files.some((file) => file.path === path && !file.isNew);
        const published = isPublished ? await fetchFile(path) : null;
        const content = withEntry(draft?.content ?? published?.content ?? null, entry);
        const created = { kind: 'settings', title: path.split('/').at(-1) ?? path } as const;
        return { baseHash: published?.hash ?? null, ...(!published && { created }), ...draft, path, content };
      }),
    );
    for (const file of made) store.put({ ...file, baseHash: null });
    for (const list of longer) store.put(list);
    openFile(made[0]!.path);
  };
}
