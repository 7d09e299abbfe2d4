/** Which phrases of texts say nothing of what a text is about, such as forms of address. */
export interface LikenessRules {
  readonly ignores?: readonly string[];
}

const HAN_DIGITS = new Map(
  [...'〇零一二三四五六七八九'].map((digit, index) => [digit, String(Math.max(0, index - 1))]),
);
HAN_DIGITS.set('两', '2');

/** Full width, case, punctuation, space and the two ways to write a digit make no difference. */
const normalized = (text: string): string =>
  [...text.normalize('NFKC').toLowerCase().normalize('NFKC')]
    .map((character) => HAN_DIGITS.get(character) ?? character)
    .join('')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/**
 * The pairs of neighbouring characters of texts, each once: what two texts have in common without cutting them into words,
 * which Chinese does not show. Pairs span neither two texts nor an ignored phrase. A text of one character is its own pair.
 */
export function pairsOf(texts: readonly string[], { ignores = [] }: LikenessRules = {}): ReadonlySet<string> {
  const phrases = ignores
    .map(normalized)
    .filter((phrase) => phrase !== '')
    .toSorted((one, other) => other.length - one.length);
  const without = (pieces: readonly string[], phrase: string): readonly string[] =>
    pieces.flatMap((piece) => piece.split(phrase));
  const pieces = texts.flatMap((text) => phrases.reduce(without, [normalized(text)]));
  return new Set(pieces.filter((piece) => piece !== '').flatMap(pairsOfPiece));
}

function pairsOfPiece(piece: string): readonly string[] {
  const characters = [...piece];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/**
 * Dice's coefficient of two sets of pairs: twice what they share by what they hold together, 0 to 1. Symmetric; 1 exactly
 * where they are equal. Unlike the overlap of the smaller one it is low where a short text is a part of a long one.
 */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size + other.size === 0) return 1;
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return (2 * shared) / (one.size + other.size);
}
