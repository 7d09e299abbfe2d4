import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** The files of a ZIP archive as text, by their path. Source: APPNOTE 6.3, central directory; no ZIP64. */
export function unzip(archive: Uint8Array): ReadonlyMap<string, string> {
  const bytes = Buffer.from(archive);
  const endAt = lastMark(bytes);
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(endAt + 16);
  for (let left = bytes.readUInt16LE(endAt + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error(`Expected an entry at ${at}.`);
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const path = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    files.set(path, contentOf(bytes, at));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

function lastMark(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= 0; at--) if (bytes.readUInt32LE(at) === END) return at;
  throw new Error('Expected a ZIP archive.');
}

function contentOf(bytes: Buffer, entryAt: number): string {
  const isStored = bytes.readUInt16LE(entryAt + 10) === 0;
  const size = bytes.readUInt32LE(entryAt + 20);
  const localAt = bytes.readUInt32LE(entryAt + 42);
  const from = localAt + 30 + bytes.readUInt16LE(localAt + 26) + bytes.readUInt16LE(localAt + 28);
  const content = bytes.subarray(from, from + size);
  return (isStored ? content : inflateRawSync(content)).toString('utf8');
}
