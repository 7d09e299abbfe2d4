import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { eachObject } from './pdf-objects.js';
import { plainPdf } from './pdf.js';
import { document, PAGE, SCAN, TOLD, XMP } from './spec-files.js';

const inflatedStreams = (bytes: Buffer): readonly string[] => {
  const found: string[] = [];
  eachObject(bytes.toString('latin1'), ({ from, to, stream }) => {
    const isFlate = bytes.toString('latin1', from, to).includes('/FlateDecode');
    if (stream && isFlate) found.push(inflateSync(bytes.subarray(stream.from, stream.to)).toString());
  });
  return found;
};

describe('a document in PDF', () => {
  const bytes = document();
  const plain = plainPdf(bytes);

  it('tells no author, program or place any more: neither in its dictionaries, nor in XMP, nor in its photos', () => {
    const [xmp, objects] = inflatedStreams(plain);

    expect(bytes.includes(TOLD)).toBe(true);
    expect(plain.includes('GPS')).toBe(false);
    expect([inflatedStreams(bytes)[0], xmp!.trim()]).toEqual([XMP, '']);
    expect(objects).toMatch(/^11 0 12 \d+ <<\/Title \(\) +\/Author <> +\/Creator 15 0 R>> <<\/Kept \(kept\)>>$/);
  });

  it('has each byte of the rest where it was', () => {
    const [before, after] = [bytes, plain].map((one) => one.toString('latin1')) as [string, string];

    expect(plain).toHaveLength(bytes.length);
    for (const kept of [PAGE, '/Title (kept)', SCAN.toString('latin1'), 'trailer', '15 0 obj'])
      expect(after.indexOf(kept)).toBe(before.indexOf(kept));
    expect(after).toMatch(/<<\/Author \(\) +% \(\n\/Producer 5 0 R \/Custom \[\(\) +\]>>/);
  });

  it('is the same when it is taken again', () => {
    expect(plainPdf(plain)).toEqual(plain);
  });

  it('without a dictionary is left as it is', () => {
    const simple = Buffer.from('%PDF-1.7\n工资条\n%%EOF');

    expect(plainPdf(simple)).toEqual(simple);
  });

  it('that is encrypted keeps its compressed objects: without its key nobody can tell them apart', () => {
    const encrypted = Buffer.concat([bytes, Buffer.from('<</Encrypt 3 0 R>>')]);

    expect(inflatedStreams(plainPdf(encrypted))[1]).toContain(TOLD);
  });

  it('cut or changed anywhere stays as long as it was', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.nat(bytes.length - 1), fc.nat(255), (end, at, byte) => {
        const hostile = Buffer.from(bytes);
        hostile[at] = byte;
        return plainPdf(hostile.subarray(0, end)).length === end;
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    '1 0 obj (',
    '1 0 obj << ',
    '1 0 obj <</Length 9>> stream ',
    '1 0 obj [',
    '/Info 1 0 R ',
    '1 0 obj < ',
    '(',
    '9 ',
  ])('of 1 MB is read a fixed number of times: %s', (pattern) => {
    const begun = performance.now();

    plainPdf(Buffer.concat([Buffer.from('/Info 1 0 R '), Buffer.alloc(1_000_000, pattern)]));

    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});
