/** First and last code point of Unicode blocks by their name in XML Schema (part 2, appendix F.1.1), in hexadecimal digits. */
const BLOCKS: Readonly<Record<string, string>> = {
  BasicLatin: '0-7f',
  'Latin-1Supplement': '80-ff',
  'LatinExtended-A': '100-17f',
  'LatinExtended-B': '180-24f',
  IPAExtensions: '250-2af',
  SpacingModifierLetters: '2b0-2ff',
  CombiningDiacriticalMarks: '300-36f',
  Greek: '370-3ff',
  GreekandCoptic: '370-3ff',
  Cyrillic: '400-4ff',
  Armenian: '530-58f',
  Hebrew: '590-5ff',
  Arabic: '600-6ff',
  Devanagari: '900-97f',
  Thai: 'e00-e7f',
  Tibetan: 'f00-fff',
  Georgian: '10a0-10ff',
  HangulJamo: '1100-11ff',
  Mongolian: '1800-18af',
  LatinExtendedAdditional: '1e00-1eff',
  GreekExtended: '1f00-1fff',
  GeneralPunctuation: '2000-206f',
  SuperscriptsandSubscripts: '2070-209f',
  CurrencySymbols: '20a0-20cf',
  CombiningMarksforSymbols: '20d0-20ff',
  LetterlikeSymbols: '2100-214f',
  NumberForms: '2150-218f',
  Arrows: '2190-21ff',
  MathematicalOperators: '2200-22ff',
  MiscellaneousTechnical: '2300-23ff',
  EnclosedAlphanumerics: '2460-24ff',
  BoxDrawing: '2500-257f',
  GeometricShapes: '25a0-25ff',
  MiscellaneousSymbols: '2600-26ff',
  Dingbats: '2700-27bf',
  CJKRadicalsSupplement: '2e80-2eff',
  KangxiRadicals: '2f00-2fdf',
  CJKSymbolsandPunctuation: '3000-303f',
  Hiragana: '3040-309f',
  Katakana: '30a0-30ff',
  Bopomofo: '3100-312f',
  HangulCompatibilityJamo: '3130-318f',
  EnclosedCJKLettersandMonths: '3200-32ff',
  CJKCompatibility: '3300-33ff',
  CJKUnifiedIdeographsExtensionA: '3400-4dbf',
  CJKUnifiedIdeographs: '4e00-9fff',
  YiSyllables: 'a000-a48f',
  HangulSyllables: 'ac00-d7af',
  PrivateUse: 'e000-f8ff',
  CJKCompatibilityIdeographs: 'f900-faff',
  AlphabeticPresentationForms: 'fb00-fb4f',
  CJKCompatibilityForms: 'fe30-fe4f',
  SmallFormVariants: 'fe50-fe6f',
  HalfwidthandFullwidthForms: 'ff00-ffef',
  Specials: 'fff0-ffff',
  CJKUnifiedIdeographsExtensionB: '20000-2a6df',
};

/** A block, or all but it, as it stands between the brackets of a class; undefined for a name that is none. */
export function blockRanges(name: string, outside: boolean): string | undefined {
  if (!Object.hasOwn(BLOCKS, name)) return undefined;
  const [low = 0, high = 0] = (BLOCKS[name] as string).split('-').map((digits) => parseInt(digits, 16));
  return outside ? `${range(0, low - 1)}${range(high + 1, 0x10ffff)}` : range(low, high);
}

function range(low: number, high: number): string {
  return low > high ? '' : `\\x{${low.toString(16)}}-\\x{${high.toString(16)}}`;
}
