import { describe, expect, it } from '@jest/globals';
import { decodeXml } from './decode-xml.js';

const file = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a name="流程"/>`;
const utf16 = (text: string, mark: readonly number[], isBig: boolean) =>
  Uint8Array.from([
    ...mark,
    ...[...text].flatMap((letter) => {
      const [high, low] = [letter.charCodeAt(0) >> 8, letter.charCodeAt(0) & 0xff];
      return isBig ? [high, low] : [low, high];
    }),
  ]);

describe('an XML file as bytes', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(file('UTF-8'))],
    ['UTF-8 with a mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(file('UTF-8'))])],
    ['UTF-16 with a mark, little end first', utf16(file('UTF-16'), [0xff, 0xfe], false)],
    ['UTF-16 with a mark, big end first', utf16(file('UTF-16'), [0xfe, 0xff], true)],
    ['UTF-16 without a mark', utf16(file('UTF-16'), [], false)],
  ])('is read as text: %s', (_, bytes) => {
    expect(decodeXml(bytes)).toBe(file('UTF-8'));
  });

  it('is read in the encoding that it declares', () => {
    const [before = '', after = ''] = file('GBK').split('流程');
    const bytes = [...new TextEncoder().encode(before), 0xc1, 0xf7, 0xb3, 0xcc, ...new TextEncoder().encode(after)];

    expect(decodeXml(Uint8Array.from(bytes))).toBe(file('UTF-8'));
  });

  it('is read as UTF-8 where the declared encoding is not known', () => {
    expect(decodeXml(new TextEncoder().encode(file('klingon')))).toBe(file('klingon'));
  });
});
