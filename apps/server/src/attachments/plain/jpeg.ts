/** A segment with its marker, or the entropy-coded data that follows a start of scan. */
export interface JpegPart {
  /** Second byte of the marker; 0 for entropy-coded data. */
  readonly marker: number;
  readonly from: number;
  readonly to: number;
}

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda];
const [APP0, APP1, APP2, APP14, APP15, COM] = [0xe0, 0xe1, 0xe2, 0xee, 0xef, 0xfe];
const SCAN = 0;
/** A photo has some dozens, a progressive one some more. */
const MOST_PARTS = 10_000;
/** Marker and length. */
const HEAD = 4;
/** Of a JFIF segment without a thumbnail. */
const JFIF_BYTES = 18;

/**
 * The parts of a JPEG up to its end (ITU-T T.81, annex B); what follows the end, such as a second picture or a film, is
 * none of them. A picture that is cut off in its scans is taken as far as it goes. Undefined where it is no JPEG.
 */
export function partsOfJpeg(bytes: Buffer): readonly JpegPart[] | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  const parts: JpegPart[] = [];
  const whole = () => (parts.some(({ marker }) => marker === SCAN) ? parts : undefined);
  for (let at = 2; parts.length < MOST_PARTS;) {
    const part = segmentAt(bytes, at);
    if (part === undefined || part === 'garbage') return part === undefined ? whole() : undefined;
    parts.push(part);
    at = part.to;
    if (part.marker === EOI) return whole();
    if (part.marker !== SOS) continue;
    at = endOfScan(bytes, part.to);
    parts.push({ marker: SCAN, from: part.to, to: at });
  }
  return undefined;
}

/** Undefined where the file ends before the segment does. */
function segmentAt(bytes: Buffer, at: number): JpegPart | 'garbage' | undefined {
  if (at < bytes.length && bytes[at] !== 0xff) return 'garbage';
  let code = at + 1;
  while (bytes[code] === 0xff) code++;
  const marker = bytes[code];
  if (marker === undefined) return undefined;
  const from = code - 1;
  if (marker === EOI) return { marker, from, to: from + 2 };
  if (marker < 0xc0 || marker === SOI || (marker >= 0xd0 && marker <= 0xd7)) return 'garbage';
  if (from + HEAD > bytes.length) return undefined;
  const length = bytes.readUInt16BE(code + 1);
  if (length < 2) return 'garbage';
  const to = from + 2 + length;
  return to > bytes.length ? undefined : { marker, from, to };
}

/** Inside of a scan 0xFF stands before 0 and before restart markers alone. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at)) {
    const next = bytes[at + 1];
    if (next === undefined) return at;
    if (next === 0xff) at += 1;
    else if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2;
    else return at;
  }
  return bytes.length;
}

const says = (bytes: Buffer, { from, to }: JpegPart, word: string): boolean =>
  bytes.subarray(from + HEAD, Math.min(to, from + HEAD + word.length)).equals(Buffer.from(word, 'latin1'));

/** Whether a part tells of the picture and not of who made it: of the segments for applications, those that colors need. */
export function isOfPicture(bytes: Buffer, part: JpegPart): boolean {
  const { marker } = part;
  if (marker === APP0) return says(bytes, part, 'JFIF\0') && part.to - part.from >= JFIF_BYTES;
  if (marker === APP2) return says(bytes, part, 'ICC_PROFILE\0');
  if (marker === APP14) return says(bytes, part, 'Adobe');
  return marker !== COM && !(marker >= APP0 && marker <= APP15) && marker < 0xf0;
}

/**
 * The same picture, byte for byte, without what tells of place, time, device and author; which side is up stays. Undefined
 * where it is no JPEG.
 */
export function plainJpeg(bytes: Buffer): Buffer | undefined {
  const parts = partsOfJpeg(bytes);
  if (parts === undefined) return undefined;
  const kept = parts.filter((part) => isOfPicture(bytes, part));
  const jfif = kept.find(({ marker }) => marker === APP0);
  const rest = kept.filter(({ marker }) => marker !== APP0).map(({ from, to }) => bytes.subarray(from, to));
  const turn = parts.map((part) => orientationOf(bytes, part)).find((found) => found !== undefined);
  return Buffer.concat([
    Buffer.from([0xff, SOI]),
    ...(jfif ? [withoutThumbnail(bytes, jfif)] : []),
    ...(turn === undefined ? [] : [orientation(turn)]),
    ...rest,
  ]);
}

function withoutThumbnail(bytes: Buffer, { from }: JpegPart): Buffer {
  const segment = Buffer.from(bytes.subarray(from, from + JFIF_BYTES));
  segment.writeUInt16BE(JFIF_BYTES - 2, 2);
  return segment.fill(0, JFIF_BYTES - 2);
}

/** 2 to 8 where the picture must be turned or mirrored (Exif 2.32, tag 0112). */
function orientationOf(bytes: Buffer, part: JpegPart): number | undefined {
  if (part.marker !== APP1 || !says(bytes, part, 'Exif\0\0')) return undefined;
  const tiff = bytes.subarray(part.from + HEAD + 6, part.to);
  if (tiff.length < 8) return undefined;
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (first + 2 > tiff.length) return undefined;
  const entries = Array.from({ length: short(first) }, (_, index) => first + 2 + 12 * index);
  const entry = entries.find((at) => at + 12 <= tiff.length && short(at) === 0x0112);
  const turn = entry === undefined ? 1 : short(entry + 8);
  return turn >= 2 && turn <= 8 ? turn : undefined;
}

/** An Exif segment that says which side is up, and nothing else. */
const orientation = (turn: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, APP1, 0, 34]),
    Buffer.from('Exif\0\0', 'latin1'),
    // Header, one entry: tag, type (short), count; then its value and that no more follows.
    Buffer.from('4d4d002a00000008000101120003000000' + '01', 'hex'),
    Buffer.from([0, turn, 0, 0, 0, 0, 0, 0]),
  ]);

/** In place, for a picture inside of another file: what does not belong to the picture becomes comments of blanks. */
export function blankJpeg(bytes: Buffer): void {
  const parts = partsOfJpeg(bytes);
  for (const part of parts ?? [])
    if (!isOfPicture(bytes, part)) {
      bytes[part.from + 1] = COM;
      bytes.fill(0x20, part.from + HEAD, part.to);
    }
  bytes.fill(0, parts?.at(-1)?.to ?? bytes.length);
}
