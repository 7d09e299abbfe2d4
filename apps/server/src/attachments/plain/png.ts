const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Length, type and check of a chunk. */
const AROUND = 12;
const MOST_CHUNKS = 100_000;

/** What a picture needs to look as it does (PNG, third edition, clauses 4 and 11), animations among it. */
const OF_PICTURE = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
);

/**
 * The same picture, byte for byte, without texts, time, Exif and chunks that are not of the standard, and without what
 * follows its end. Undefined where it is no whole PNG.
 */
export function plainPng(bytes: Buffer): Buffer | undefined {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined;
  const kept: Buffer[] = [SIGNATURE];
  const seen = new Set<string>();
  let at = SIGNATURE.length;
  for (let count = 0; !seen.has('IEND'); count++) {
    if (at + AROUND > bytes.length || count === MOST_CHUNKS) return undefined;
    const to = at + AROUND + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (to > bytes.length || (count === 0) !== (type === 'IHDR')) return undefined;
    if (OF_PICTURE.has(type)) kept.push(bytes.subarray(at, to));
    seen.add(type);
    at = to;
  }
  return seen.has('IDAT') ? Buffer.concat(kept) : undefined;
}
