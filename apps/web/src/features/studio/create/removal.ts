import { fetchFile, type FileContent, type StudioFile } from '../api.js';
import type { Draft, Drafts } from '../drafts.js';
import { removeAt } from '../text/json-text.js';

type Entry = Record<string, unknown>;
/** Files that go, and lists from which what names them goes too. */
export type Removal = { paths: string[]; lists: { path: string; isGone: (entry: Entry) => boolean }[] };

/** What goes with a file; null where it cannot be taken away in the studio. */
export function removalOf({ path, kind, isNew }: StudioFile, files: readonly StudioFile[]): Removal | null {
  const [, folder = ''] = path.split('/');
  if (kind === 'process')
    return {
      paths: files
        .filter((file) => file.path.startsWith(`workflows/${folder}/`) || (isNew && file.madeWith === folder))
        .map((file) => file.path),
      lists: [{ path: 'workflows/launchers.json', isGone: ({ processId }) => processId === folder }],
    };
  if (kind === 'document') {
    const template = path.slice(`workflows/${folder}/`.length);
    const list = { path: `workflows/${folder}/documents.json`, isGone: (entry: Entry) => entry.template === template };
    return { paths: [path], lists: [list] };
  }
  const isShared = kind === 'settings' && !/^workflows\/calendar\/\d{4}\.json$/.test(path);
  return isShared && !isNew ? null : { paths: [path], lists: [] };
}

export type Plan = { puts: Draft[]; discards: string[] };
type Source = { files: readonly StudioFile[]; drafts: Drafts; fetch?: (path: string) => Promise<FileContent> };

/** What has to be written down for a removal: new files are forgotten, published ones are marked as gone. */
export async function planRemoval({ paths, lists }: Removal, source: Source): Promise<Plan> {
  const { files, drafts, fetch = fetchFile } = source;
  const isThere = (path: string) => files.some((file) => file.path === path && !file.isNew);
  const gone = await Promise.all(
    paths
      .filter(isThere)
      .map(async (path): Promise<Draft> => ({ path, content: null, baseHash: (await fetch(path)).hash })),
  );
  const shortened = await Promise.all(
    lists
      .filter(({ path }) => !paths.includes(path) && files.some((file) => file.path === path))
      .map(async ({ path, isGone }) =>
        shortenedList({ path, isGone, draft: drafts[path], published: isThere(path) ? await fetch(path) : null }),
      ),
  );
  const changed = shortened.filter((one) => one !== null);
  const written = [...gone, ...changed.map(({ list }) => list)];
  const removal = written.map(({ path, content }) => ({ path, before: drafts[path] ?? null, after: content }));
  return {
    puts: [
      ...gone.map((draft) => ({ ...draft, removal })),
      ...changed.filter(({ isAsPublished }) => !isAsPublished).map(({ list }) => list),
    ],
    discards: [
      ...paths.filter((path) => !isThere(path)),
      ...changed.filter(({ isAsPublished }) => isAsPublished).map(({ list }) => list.path),
    ],
  };
}

type List = {
  path: string;
  isGone: (entry: Entry) => boolean;
  draft: Draft | undefined;
  published: FileContent | null;
};

type Shortened = { list: Draft; isAsPublished: boolean };

/** The draft of the shorter list; null where nothing changes. */
function shortenedList({ path, isGone, draft, published }: List): Shortened | null {
  const before = draft?.content ?? published?.content ?? '[]';
  const content = withoutEntries(before, isGone);
  if (content === before) return null;
  const isAsPublished = published === null ? content.trim() === '[]' : content === published.content;
  return { list: { baseHash: published?.hash ?? null, ...draft, path, content }, isAsPublished };
}

/** A list without some of its entries; a text that is no list stays as it is. */
export function withoutEntries(list: string, isGone: (entry: Entry) => boolean): string {
  let entries: unknown;
  try {
    entries = JSON.parse(list);
  } catch {
    return list;
  }
  if (!Array.isArray(entries)) return list;
  const places = entries.flatMap((entry, index) => (isGone(Object(entry) as Entry) ? [index] : []));
  return places.toReversed().reduce((text, index) => removeAt(text, [index]), list);
}

/** Brings back what went with a file, where nobody has changed it since. */
export function planReturn(path: string, drafts: Drafts): Plan {
  const own = { path, before: null, after: null };
  const untouched = (drafts[path]?.removal ?? [own]).filter((one) => drafts[one.path]?.content === one.after);
  return {
    puts: untouched.flatMap(({ before }) => before ?? []),
    discards: untouched.filter(({ before }) => before === null).map((one) => one.path),
  };
}

/** The drafts as they would be. */
export function draftsAfter(drafts: Drafts, { puts, discards }: Plan): Drafts {
  const kept = Object.entries(drafts).filter(([path]) => !discards.includes(path));
  return { ...Object.fromEntries(kept), ...Object.fromEntries(puts.map((draft) => [draft.path, draft])) };
}
