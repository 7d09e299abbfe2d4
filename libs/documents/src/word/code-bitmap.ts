import type { CodeModules } from './page-blocks.js';

const PIXELS_PER_MODULE = 8;
const HEADER = 62;

/** A QR code as a bitmap of two colors: Windows BMP, rows from the bottom, each filled up to four bytes. */
export function codeBitmap({ size, dark }: CodeModules): Uint8Array {
  const side = size * PIXELS_PER_MODULE;
  const rowBytes = Math.ceil(side / 32) * 4;
  const bytes = new Uint8Array(HEADER + rowBytes * side);
  writeHeader(new DataView(bytes.buffer), { side, bytes: bytes.length });
  const isDark = new Set(dark.map(([column, row]) => row * size + column));
  for (let y = 0; y < side; y++) {
    const row = Math.floor((side - 1 - y) / PIXELS_PER_MODULE);
    // A module is one byte wide: eight pixels of one bit.
    for (let column = 0; column < size; column++)
      bytes[HEADER + y * rowBytes + column] = isDark.has(row * size + column) ? 0x00 : 0xff;
  }
  return bytes;
}

/** BITMAPFILEHEADER, BITMAPINFOHEADER and a palette of black and white. */
function writeHeader(view: DataView, { side, bytes }: { readonly side: number; readonly bytes: number }): void {
  view.setUint16(0, 0x424d);
  view.setUint32(2, bytes, true);
  view.setUint32(10, HEADER, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, side, true);
  view.setInt32(22, side, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 1, true);
  view.setUint32(34, bytes - HEADER, true);
  // 300 dots an inch.
  view.setInt32(38, 11_811, true);
  view.setInt32(42, 11_811, true);
  view.setUint32(46, 2, true);
  view.setUint32(58, 0x00ffffff, true);
}
