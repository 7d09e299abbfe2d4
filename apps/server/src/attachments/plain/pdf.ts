import { deflateSync, inflateSync } from 'node:zlib';
import { blankJpeg } from './jpeg.js';
import { eachObject, type PdfObject, type PdfValue, REFERENCE, type Span, valueAt } from './pdf-objects.js';

/** Of all compressed objects of a file together. */
const MOST_INFLATED = 32 * 1024 * 1024;
/** Head, one block of nothing, check. */
const LEAST_COMPRESSED = 11;

const WHITE = '[\\0\\t\\n\\f\\r ]{0,16}';
const says = (key: string, name: string): RegExp => new RegExp(`/${key}${WHITE}\\[?${WHITE}/${name}`);
const [IS_XMP, IS_METADATA, HOLDS_OBJECTS] = [says('Subtype', 'XML'), says('Type', 'Metadata'), says('Type', 'ObjStm')];
const [IS_FLATE, IS_JPEG] = [says('Filter', 'FlateDecode'), says('Filter', 'DCTDecode')];

/**
 * The same file, each byte where it was, without the strings of its information dictionary, its XMP metadata, and what its
 * photos tell of themselves (ISO 32000-1, 14.3). What is encrypted or compressed in an unusual way stays as it is, as do
 * names of commenters and attached files.
 */
export function plainPdf(bytes: Buffer): Buffer {
  const plain = Buffer.from(bytes);
  const text = plain.toString('latin1');
  const cleaning: Cleaning = { plain, text, left: MOST_INFLATED, isEncrypted: text.includes('/Encrypt') };
  const told = new Set<number>();
  const informed = clean(cleaning, numbersIn(text, `/Info${WHITE}${REFERENCE}`), told);
  // A string of the dictionary may be an object of its own.
  if (informed) clean({ ...cleaning, text: plain.toString('latin1') }, told, new Set());
  return plain;
}

interface Cleaning {
  readonly plain: Buffer;
  /** The same bytes, one a character. */
  readonly text: string;
  readonly isEncrypted: boolean;
  left: number;
}

const numbersIn = (text: string, pattern: string): Set<number> =>
  new Set([...text.matchAll(new RegExp(pattern, 'g'))].map(([, number]) => Number(number)));

/** Empties objects with these numbers; tells whether they name others, which are added to `told`. */
function clean(cleaning: Cleaning, numbers: ReadonlySet<number>, told: Set<number>): boolean {
  const { plain, text } = cleaning;
  const empty = (value: PdfValue, source: string, bytes: Buffer): void => {
    for (const span of value.strings) emptyString(bytes, span);
    for (const number of numbersIn(source.slice(value.from, value.to), REFERENCE)) told.add(number);
  };
  eachObject(text, (object) => {
    if (numbers.has(object.number)) empty(object, text, plain);
    if (object.stream) cleanStream(cleaning, { ...object, stream: object.stream }, numbers, empty);
  });
  return told.size > 0;
}

type Empty = (value: PdfValue, source: string, bytes: Buffer) => void;
type StreamObject = PdfObject & { readonly stream: Span };

function cleanStream(cleaning: Cleaning, object: StreamObject, numbers: ReadonlySet<number>, empty: Empty): void {
  const dictionary = cleaning.text.slice(object.from, object.to);
  const bytes = cleaning.plain.subarray(object.stream.from, object.stream.to);
  if (IS_XMP.test(dictionary) || IS_METADATA.test(dictionary)) blankMetadata(bytes, IS_FLATE.test(dictionary));
  else if (IS_JPEG.test(dictionary)) blankJpeg(bytes);
  else if (HOLDS_OBJECTS.test(dictionary) && IS_FLATE.test(dictionary) && !cleaning.isEncrypted)
    cleanObjects(cleaning, { dictionary, bytes }, numbers, empty);
}

/** Compressed objects (7.5.7): pairs of number and offset, then the values. What gets longer is left as it was. */
function cleanObjects(
  cleaning: Cleaning,
  { dictionary, bytes }: { readonly dictionary: string; readonly bytes: Buffer },
  numbers: ReadonlySet<number>,
  empty: Empty,
): void {
  const values = inflated(bytes, cleaning);
  const first = Number(/\/First[^\d]{1,16}(\d{1,10})/.exec(dictionary)?.[1] ?? 0);
  if (values === undefined) return;
  const text = values.toString('latin1');
  const pairs = text.slice(0, first).match(/\d{1,10}/g) ?? [];
  const wanted = pairs.flatMap((number, at) =>
    at % 2 === 0 && numbers.has(Number(number)) ? [first + Number(pairs[at + 1])] : [],
  );
  if (wanted.length === 0) return;
  let behind = 0;
  for (const at of wanted.toSorted((one, other) => one - other)) {
    if (at < behind) continue;
    const value = valueAt(text, at);
    empty(value, text, values);
    behind = value.to;
  }
  const shorter = deflateSync(values, { level: 9 });
  if (shorter.length <= bytes.length) bytes.fill(0).set(shorter);
}

function inflated(bytes: Buffer, cleaning: Cleaning): Buffer | undefined {
  if (cleaning.left < 1) return undefined;
  try {
    const values = inflateSync(bytes, { maxOutputLength: cleaning.left });
    cleaning.left -= values.length;
    return values;
  } catch {
    cleaning.left -= bytes.length;
    return undefined;
  }
}

/** The brackets of an empty string, and blanks behind it. */
function emptyString(bytes: Buffer, { from, to }: Span): void {
  bytes[from + 1] = bytes[to - 1]!;
  bytes.fill(0x20, from + 2, to);
}

function blankMetadata(bytes: Buffer, isFlate: boolean): void {
  if (isFlate && bytes.length >= LEAST_COMPRESSED) compressedBlanks(bytes);
  else bytes.fill(0x20);
}

/** Blanks that take exactly these bytes in the format of zlib (RFC 1950 and 1951, stored blocks). */
function compressedBlanks(bytes: Buffer): void {
  const blocks = Math.ceil((bytes.length - 6) / 65_540);
  let left = bytes.length - 6 - 5 * blocks;
  const blanks = Buffer.alloc(left, 0x20);
  bytes.set([0x78, 0x01]);
  let at = 2;
  for (let block = 1; block <= blocks; block++) {
    const length = Math.min(left, 65_535);
    bytes[at] = block === blocks ? 1 : 0;
    bytes.writeUInt16LE(length, at + 1);
    bytes.writeUInt16LE(length ^ 0xffff, at + 3);
    bytes.fill(0x20, at + 5, at + 5 + length);
    at += 5 + length;
    left -= length;
  }
  bytes.set(deflateSync(blanks).subarray(-4), at);
}
