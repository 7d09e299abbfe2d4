import type { CellValue } from './cell-value.js';

/** Characters of a text that count for its place. */
const MAX_LENGTH = 80;

/**
 * A text that sorts, byte by byte, as the value does among those of its column: nothing first, then false before true,
 * numbers by size. Stored beside the value, so that one index serves every type.
 */
export function sortText(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'string') return value.slice(0, MAX_LENGTH);
  return 'sealed' in value ? '' : value.join('、').slice(0, MAX_LENGTH);
}

/** The bits of an IEEE 754 number, turned so that their order is that of the numbers. */
function numberText(value: number): string {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value === 0 ? 0 : value);
  const bits = bytes.getBigUint64(0);
  const ordered = bits >> 63n === 1n ? ~bits & 0xffff_ffff_ffff_ffffn : bits | 0x8000_0000_0000_0000n;
  return ordered.toString(16).padStart(16, '0');
}

/** The number that a text of `sortText` stands for. */
export function numberOf(text: string): number {
  const ordered = BigInt(`0x${text}`);
  const bits = ordered >> 63n === 1n ? ordered & 0x7fff_ffff_ffff_ffffn : ~ordered & 0xffff_ffff_ffff_ffffn;
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, bits);
  return bytes.getFloat64(0);
}
