import { relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { type ConfigurationSource, hasKnownExtension, isRoot } from './files.js';
import { readFolder } from './read-folder.js';

export interface FolderWatch {
  /** Settles when the folder is watched; changes before that may be missed. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

export interface WatchOptions {
  /** Quiet time after the last change before the folder is read, in ms. Default 300. */
  readonly debounceMs?: number;
  /** Told where the folder cannot be read or watched. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Watches a configuration folder and hands over all its files once it has been quiet for a moment after a change.
 * Whether they make a good set is for the caller to check; until then the last good one goes on serving.
 */
export function watchFolder(
  dir: string,
  onChange: (source: ConfigurationSource) => void,
  options: WatchOptions = {},
): FolderWatch {
  const watcher = watch(dir, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) => isIgnored(relative(dir, path), stats?.isFile() ?? false),
  });
  const fail = options.onError ?? (() => undefined);
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const read = () => {
    readFolder(dir)
      .then((source) => isClosed || onChange(source))
      .catch(fail);
  };
  watcher.on('error', fail);
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(read, options.debounceMs ?? 300);
  });
  return {
    ready: new Promise((resolve) => watcher.once('ready', resolve)),
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function isIgnored(path: string, isFile: boolean): boolean {
  if (path === '') return false;
  const parts = path.split(sep);
  return !isRoot(parts[0]) || parts.some((part) => part.startsWith('.')) || (isFile && !hasKnownExtension(path));
}
