import fc from 'fast-check';
import { plainPng } from './png.js';
import { point, TOLD, toldPoint } from './spec-files.js';

describe('a picture in PNG', () => {
  it('is the same without texts, time, Exif, unknown chunks and what follows its end', () => {
    expect(toldPoint.includes(TOLD)).toBe(true);
    expect(plainPng(toldPoint)).toEqual(point);
    expect(plainPng(point)).toEqual(point);
  });

  it.each([
    ['cut off', point.subarray(0, -1)],
    ['without points', Buffer.concat([point.subarray(0, 33), point.subarray(-12)])],
    ['without a header', Buffer.concat([point.subarray(0, 8), point.subarray(33)])],
    ['another file', Buffer.from('%PDF-1.7')],
  ])('is none where it is %s', (_, bytes) => {
    expect(plainPng(bytes)).toBeUndefined();
  });

  it('cut or changed anywhere gives a picture or none', () => {
    fc.assert(
      fc.property(fc.nat(toldPoint.length), fc.nat(toldPoint.length - 1), fc.nat(255), (end, at, byte) => {
        const hostile = Buffer.from(toldPoint);
        hostile[at] = byte;
        const plain = plainPng(hostile.subarray(0, end));
        return plain === undefined || plain.length <= hostile.length;
      }),
      { numRuns: 500 },
    );
  });
});
