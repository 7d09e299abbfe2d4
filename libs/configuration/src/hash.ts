import { createHash } from 'node:crypto';

/**
 * Names a set of files by their content: SHA-256 in hex over path and content, sorted by path, each with its length in
 * front, so that the order in which files were read does not matter and no two sets run together.
 */
export function hashFiles(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) {
    const content = files.get(path) ?? '';
    hash.update(`${Buffer.byteLength(path)}:${path}${Buffer.byteLength(content)}:`).update(content);
  }
  return hash.digest('hex');
}

/** Names the content of one file: SHA-256 in hex of its UTF-8 text. */
export function hashText(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
