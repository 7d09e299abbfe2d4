import { mediaTypeOf } from './media-type.js';

describe('media type of an upload', () => {
  it.each([
    ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]],
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
    ['application/pdf', [...Buffer.from('%PDF-1.7')]],
  ])('%s is told by its first bytes', (type, bytes) => {
    const found = mediaTypeOf(Uint8Array.from(bytes));

    expect(found).toBe(type);
  });

  it('is unknown for a page that calls itself a picture', () => {
    const found = mediaTypeOf(Buffer.from('<html><script>alert(1)</script>'));

    expect(found).toBeUndefined();
  });
});
