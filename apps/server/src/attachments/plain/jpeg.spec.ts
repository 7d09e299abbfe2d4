import fc from 'fast-check';
import { partsOfJpeg, plainJpeg } from './jpeg.js';
import { COLORS, END, exif, photo, SCAN, segment, START, TABLES, TOLD } from './spec-files.js';

const picture = Buffer.concat([...COLORS, ...TABLES, START, SCAN, START, SCAN, END]);

describe('a photo', () => {
  it('keeps colors, tables and scans byte for byte, and tells nothing of place, device and author', () => {
    const plain = plainJpeg(photo(1))!;

    expect(plain.includes(TOLD.slice(0, 4))).toBe(false);
    expect(plain.subarray(2 + 18)).toEqual(picture);
  });

  it.each([true, false])('loses its thumbnail, also that of JFIF (little endian: %p)', (isLittle) => {
    const plain = plainJpeg(photo(1, isLittle))!;

    expect(plain.toString('hex', 2, 20)).toBe('ffe000104a46494600010200006400640000');
  });

  it.each([
    [6, true],
    [8, false],
    [3, true],
  ])('says which side is up, and nothing else: %p (little endian: %p)', (turn, isLittle) => {
    const plain = plainJpeg(photo(turn, isLittle))!;

    const [, said] = partsOfJpeg(plain)!;
    expect(plain.toString('hex', said!.from, said!.to)).toBe(
      `ffe1002245786966${'0000'}4d4d002a0000000800010112000300000001000${turn}000000000000`,
    );
    expect(plain.subarray(said!.to)).toEqual(picture);
  });

  it('is the same when it is taken again', () => {
    const once = plainJpeg(photo())!;

    expect(plainJpeg(once)).toEqual(once);
  });

  it('that is cut off in its scan is taken as far as it goes', () => {
    const cut = Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xfe, TOLD), ...TABLES, START, SCAN]);

    expect(plainJpeg(cut)).toEqual(Buffer.concat([Buffer.from([0xff, 0xd8]), ...TABLES, START, SCAN]));
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a beginning alone', Buffer.from('ffd8ff', 'hex')],
    ['no scan', Buffer.concat([Buffer.from([0xff, 0xd8]), exif(6, true), ...TABLES, END])],
    ['a length that is too small', Buffer.from('ffd8ffe1000100ffda0002d2ffd9', 'hex')],
    ['bytes between segments', Buffer.from('ffd800ffda0002d2ffd9', 'hex')],
  ])('is none where there is %s', (_, bytes) => {
    expect(plainJpeg(bytes)).toBeUndefined();
  });

  it('cut or changed anywhere gives a photo that tells nothing, or none', () => {
    const bytes = photo();
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.nat(bytes.length - 1), fc.nat(255), (end, at, byte) => {
        const hostile = Buffer.from(bytes);
        hostile[at] = byte;
        const plain = plainJpeg(hostile.subarray(0, end));
        return plain === undefined || plain.length <= hostile.length + 36;
      }),
      { numRuns: 500 },
    );
  });

  it('of 2 MB is read once, whatever it is made of', () => {
    const patterns = ['ff', 'ff00', 'fffe0002', 'ffe1fffe', 'ffda0002ffd0'].map((hex) => Buffer.from(hex, 'hex'));
    const begun = performance.now();

    for (const pattern of patterns)
      plainJpeg(Buffer.concat([Buffer.from('ffd8ffda0002', 'hex'), Buffer.alloc(2_000_000, pattern)]));

    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});
