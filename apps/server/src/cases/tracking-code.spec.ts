import { normalizeTrackingCode } from '#vault';
import { trackingCodeFrom } from './tracking-code.js';

describe('tracking code from secret bytes', () => {
  it('is twelve characters in groups of four that can be typed in any case', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, index) => index * 37);

    const code = trackingCodeFrom(bytes);

    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
    expect(normalizeTrackingCode(code.toLowerCase())).toBe(code.replaceAll('-', ''));
  });

  it('is the same for the same bytes and another for others', () => {
    const first = trackingCodeFrom(new Uint8Array(32).fill(7));
    const again = trackingCodeFrom(new Uint8Array(32).fill(7));
    const other = trackingCodeFrom(new Uint8Array(32).fill(8));

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});
