import type { Problem } from '#bpmn';

/** Text files of `workflows/` and `forms/`, by path relative to the configuration folder, parted by `/`. */
export interface ConfigurationSource {
  readonly files: ReadonlyMap<string, string>;
  /** What was left out while reading, such as a file over the size limit. */
  readonly problems?: readonly Problem[];
}

/** One file that is to be written, or taken away where `content` is null. */
export interface FileChange {
  readonly path: string;
  readonly content: string | null;
}

export type FileKind = 'process' | 'decision' | 'form' | 'document' | 'ledger' | 'settings' | 'scenarios' | 'readme';

const kinds: readonly (readonly [RegExp, FileKind])[] = [
  [/^workflows\/[^/]+\/[^/]+\.bpmn$/, 'process'],
  [/^workflows\/[^/]+\/(?:[^/]+\/)*[^/]+\.dmn$/, 'decision'],
  [/^forms\/(?:[^/]+\/)*[^/]+\.form\.json$/, 'form'],
  [/^workflows\/[^/]+\/(?:[^/]+\/)*[^/]+\.hbs$/, 'document'],
  [/^workflows\/[^/]+\/[^/]+\.scenarios\.json$/, 'scenarios'],
  [/^workflows\/ledgers\/[^/]+\.(?:ledger|indicator)\.json$/, 'ledger'],
  [/^workflows\/(?:[^/]+\/)*[^/]+\.json$/, 'settings'],
  [/\.md$/, 'readme'],
];

/** Extensions that the configuration knows; everything else is left alone. */
export const knownExtensions: readonly string[] = ['.bpmn', '.dmn', '.json', '.hbs', '.md'];

/** Largest file that is read or written, in bytes of UTF-8. */
export const maxFileBytes = 2 * 1024 * 1024;

/** Tells what a path holds by where it stands, or undefined where the configuration has no use for it. */
export function kindOfPath(path: string): FileKind | undefined {
  return kinds.find(([pattern]) => pattern.test(path))?.[1];
}

/** The folder `workflows/<id>/` a path stands in, as `<id>`; undefined for files shared by all processes. */
export function processFolderOf(path: string): string | undefined {
  return /^workflows\/([^/]+)\/./.exec(path)?.[1];
}

/**
 * Tells whether a path may be written by the studio: inside `workflows/` or `forms/`, with a known extension, and
 * without a part that leaves the folder or hides the file.
 */
export function isSafePath(path: string): boolean {
  const parts = path.split('/');
  const isPlain = parts.every((part) => /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(part) && !/[. ]$/.test(part));
  return isPlain && parts.length > 1 && path.length <= 240 && isRoot(parts[0]) && hasKnownExtension(path);
}

/** Tells whether a file has an extension that the configuration reads. */
export function hasKnownExtension(path: string): boolean {
  return knownExtensions.some((extension) => path.endsWith(extension));
}

/** Tells whether a top-level name is one of the two folders of the configuration. */
export function isRoot(name: string | undefined): boolean {
  return name === 'workflows' || name === 'forms';
}
