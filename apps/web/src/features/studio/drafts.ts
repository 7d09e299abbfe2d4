import { createContext, use, useSyncExternalStore } from 'react';
import type { FileKind } from '../../lib/file-kind.js';

/** Unpublished change of one file. */
export type Draft = {
  path: string;
  /** Null takes the file away. */
  content: string | null;
  /** Hash of the published content it started from; null for a new file. */
  baseHash: string | null;
  /** Of a new file: what it is and what people call it, as nobody else knows it yet, and the new process it was made with. */
  created?: { kind: FileKind; title: string; process?: string };
  /** Of a file that goes: all that changed with it, itself too, as it was and as it is since. */
  removal?: readonly { path: string; before: Draft | null; after: string | null }[];
};
export type Drafts = Readonly<Record<string, Draft>>;
type Flush = () => Promise<void>;

export type DraftStore = {
  read: () => Drafts;
  subscribe: (listener: () => void) => () => void;
  put: (draft: Draft) => void;
  discard: (paths: readonly string[]) => void;
  /** An editor names the way to hand over what it has not written yet; gives the way to take that back. */
  beforeFlush: (flush: Flush) => () => void;
  /** Ends when every open editor has handed over its last change. */
  flush: () => Promise<void>;
};

/** What is asked of the storage of a tab. */
type Shelf = {
  getItem: (name: string) => string | null;
  setItem: (name: string, text: string) => void;
  removeItem: (name: string) => void;
};

/** Drafts in memory, kept beside in the tab's storage so that a reload loses nothing. */
export function createDraftStore(shelf: Shelf, name: string): DraftStore {
  let drafts = load(shelf, name);
  const listeners = new Set<() => void>();
  const flushes = new Set<Flush>();
  const set = (next: Drafts) => {
    drafts = next;
    save(shelf, name, drafts);
    for (const listener of listeners) listener();
  };
  return {
    read: () => drafts,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    put: (draft) => {
      const known = drafts[draft.path];
      if (known?.content === draft.content && known.baseHash === draft.baseHash) return;
      set({ ...drafts, [draft.path]: draft });
    },
    discard: (paths) => {
      if (!paths.some((path) => path in drafts)) return;
      set(Object.fromEntries(Object.entries(drafts).filter(([path]) => !paths.includes(path))));
    },
    beforeFlush: (flush) => {
      flushes.add(flush);
      return () => flushes.delete(flush);
    },
    flush: async () => void (await Promise.all([...flushes].map((flush) => flush()))),
  };
}

function load(shelf: Shelf, name: string): Drafts {
  try {
    return JSON.parse(shelf.getItem(name) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}

/** A full or forbidden storage leaves the drafts in memory alone. */
function save(shelf: Shelf, name: string, drafts: Drafts): void {
  try {
    if (Object.keys(drafts).length === 0) shelf.removeItem(name);
    else shelf.setItem(name, JSON.stringify(drafts));
  } catch {
    return;
  }
}

export const DraftContext = createContext<DraftStore | null>(null);

export function useDraftStore(): DraftStore {
  const store = use(DraftContext);
  if (!store) throw new Error('Expected the studio to provide its drafts.');
  return store;
}

export function useDrafts(): Drafts {
  const store = useDraftStore();
  return useSyncExternalStore(store.subscribe, store.read);
}
