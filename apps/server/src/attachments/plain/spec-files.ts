import { crc32, deflateSync } from 'node:zlib';

/** What a file must not tell once it was taken. */
export const TOLD = 'GPS 37.87N 112.55E 张三 HUAWEI';
const told = Buffer.from(TOLD, 'utf8');

export const segment = (marker: number, content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content as string, 'latin1');
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
};

/** An Exif segment that says which side is up and then all the rest. */
export function exif(turn: number, isLittle: boolean): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write(isLittle ? 'II' : 'MM');
  const short = (value: number, at: number) =>
    isLittle ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  short(42, 2);
  long(8, 4);
  short(1, 8);
  short(0x0112, 10);
  short(3, 12);
  long(1, 14);
  short(turn, 18);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff, told]));
}

const JFIF = Buffer.from('4a46494600010200006400640101ffffff', 'hex');
export const SCAN = Buffer.from('d2cf20ff00ffd03a7b', 'hex');
export const TABLES = [segment(0xdb, 'tables'), segment(0xc0, 'frame'), segment(0xc4, 'codes')];
export const COLORS = [segment(0xe2, 'ICC_PROFILE\0colors'), segment(0xee, 'Adobe\0transform')];
export const START = segment(0xda, 'components');
export const END = Buffer.from([0xff, 0xd9]);

/** A photo as a phone makes it: thumbnail, Exif, XMP, Photoshop, comment, a second picture behind the end. */
export const photo = (turn = 6, isLittle = true): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, JFIF),
    exif(turn, isLittle),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${told.toString('latin1')}`),
    segment(0xed, `Photoshop 3.0\0${told.toString('latin1')}`),
    segment(0xe2, `MPF\0${told.toString('latin1')}`),
    segment(0xfe, told),
    ...COLORS,
    ...TABLES,
    START,
    SCAN,
    segment(0xfe, told),
    START,
    SCAN,
    END,
    exif(1, true),
  ]);

const chunk = (type: string, content: Buffer | string): Buffer => {
  const body = Buffer.concat([Buffer.from(type), Buffer.from(content as string)]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(body.length - 4, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
};
const header = chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex'));
const pixels = chunk('IDAT', deflateSync(Buffer.from([0, 127])));
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** One gray point, and the same as a phone makes it. */
export const point = Buffer.concat([SIGNATURE, header, chunk('pHYs', '123456789'), pixels, chunk('IEND', '')]);
export const toldPoint = Buffer.concat([
  SIGNATURE,
  header,
  ...['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'prVt'].map((type) => chunk(type, told)),
  chunk('pHYs', '123456789'),
  pixels,
  chunk('tEXt', told),
  chunk('IEND', ''),
  told,
]);

const stream = (dictionary: string, bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<<${dictionary}/Length ${bytes.length}>>\nstream\r\n`),
    bytes,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
const words = told.toString('latin1');
export const PAGE = '0 0 m (/Author (kept)) Tj';
export const XMP = `${TOLD}${'x'.repeat(200)}`;

/** Two compressed objects: a dictionary that tells, as number 11, and one that does not. */
function compressedObjects(): Buffer {
  const dictionary = `<</Title (${words}) /Author <${told.toString('hex')}> /Creator 15 0 R>> `;
  const pairs = `11 0 12 ${dictionary.length} `;
  const bytes = deflateSync(Buffer.from(`${pairs}${dictionary}<</Kept (kept)>>`, 'latin1'));
  return stream(`/Type /ObjStm /N 2 /First ${pairs.length} /Filter /FlateDecode `, bytes);
}

/** A document with all the places in which an author may stand. */
export const document = (): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n'),
    Buffer.from(`<</Author (a \\) (${words}) b) % (\n/Producer 5 0 R /Custom [(${words})]>>\nendobj\n`, 'latin1'),
    Buffer.from(`5 0 obj (${words}) endobj\n6 0 obj <</Title (kept)>> endobj\n`, 'latin1'),
    Buffer.from('7 0 obj'),
    stream('/Type /Metadata /Subtype /XML ', told),
    Buffer.from('8 0 obj'),
    stream('/Type/Metadata/Subtype/XML/Filter/FlateDecode ', deflateSync(XMP)),
    Buffer.from('9 0 obj'),
    stream('/Subtype /Image /Filter [/DCTDecode] ', photo()),
    Buffer.from('10 0 obj'),
    stream('', Buffer.from(PAGE)),
    Buffer.from('14 0 obj'),
    compressedObjects(),
    Buffer.from(`15 0 obj (${words}) endobj\n`, 'latin1'),
    Buffer.from('trailer <</Info 1 0 R>>\ntrailer <</Info 11 0 R>>\n%%EOF'),
  ]);
