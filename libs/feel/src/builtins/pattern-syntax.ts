import { blockRanges } from './unicode-blocks.js';

/** A regular expression that XPath does not know, or that cannot run in linear time. Thrown inside the library only. */
export class PatternFault extends Error {}

/** Classes of XML Schema that the engine names otherwise, as they stand between brackets (XML Schema part 2, appendix F). */
const CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{M}\\p{N}\\p{S}_',
  s: ' \\t\\n\\r',
  i: '\\p{L}\\p{Nl}_:',
  c: '\\p{L}\\p{N}\\p{M}\\-._:\\x{b7}',
};
/** The complements that cannot be written as a negated class between brackets. */
const COMPLEMENTS: Readonly<Record<string, string>> = { D: '\\P{Nd}', W: '\\p{P}\\p{Z}\\p{C}' };
const SPACE = /[ \t\n\r]/;

/**
 * Writes a regular expression of XPath in the syntax of the engine: classes of XML Schema (`\i`, `\c`, `\p{IsCyrillic}`), class
 * subtraction (`[a-z-[aeiou]]`), `.` that leaves out line ends, and the flag `x`. Throws `PatternFault`.
 * Differs: `\w` takes `_` too, as every regular expression outside of XML Schema does.
 */
export function translatePattern(pattern: string, flags: string): string {
  const reader = new PatternReader(flags.includes('x') ? withoutSpace(pattern) : pattern, flags);
  return reader.all();
}

/** Drops white space outside of classes (XPath 2.0 functions, 7.6.1.1, flag `x`). */
function withoutSpace(pattern: string): string {
  let depth = 0;
  let kept = '';
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] as string;
    if (character === '[' && pattern[index - 1] !== '\\') depth++;
    if (character === ']' && pattern[index - 1] !== '\\') depth--;
    if (depth > 0 || !SPACE.test(character)) kept += character;
  }
  return kept;
}

class PatternReader {
  private position = 0;

  constructor(
    private readonly pattern: string,
    private readonly flags: string,
  ) {}

  all(): string {
    let translated = '';
    while (this.position < this.pattern.length) translated += this.piece();
    return translated;
  }

  private piece(): string {
    const character = this.take();
    if (character === '\\') return this.escape();
    if (character === '[') return this.characterClass();
    return character === '.' && !this.flags.includes('s') ? '[^\\n\\r]' : character;
  }

  private take(): string {
    return this.pattern[this.position++] ?? '';
  }

  private escape(): string {
    const letter = this.take();
    if (/[1-9]/.test(letter)) throw new PatternFault('expected no reference back to a group ("\\1").');
    if (letter === 'p' || letter === 'P') return this.property(letter);
    const inside = CLASSES[letter] ?? COMPLEMENTS[letter];
    if (inside !== undefined) return `[${inside}]`;
    const negated = CLASSES[letter.toLowerCase()];
    return negated !== undefined && letter !== letter.toLowerCase() ? `[^${negated}]` : `\\${letter}`;
  }

  /** A property keeps to its case, whatever the flag `i` says. */
  private property(letter: string): string {
    const text = `[${this.propertyText(letter)}]`;
    return this.flags.includes('i') ? `(?-i:${text})` : text;
  }

  /** A property between brackets: ranges for a block, else the property itself. */
  private propertyText(letter: string): string {
    const name = /^\{([A-Za-z0-9-]+)\}/.exec(this.pattern.slice(this.position))?.[1];
    if (name === undefined) return `\\${letter}`;
    this.position += name.length + 2;
    if (!name.startsWith('Is')) return `\\${letter}{${name}}`;
    const ranges = blockRanges(name.slice(2), letter === 'P');
    if (ranges === undefined) throw new PatternFault(`expected the name of a Unicode block but found "${name}".`);
    return ranges;
  }

  private characterClass(): string {
    const negated = this.pattern[this.position] === '^';
    if (negated) this.position++;
    let content = '';
    while (this.position < this.pattern.length && this.pattern[this.position] !== ']') {
      if (this.pattern.startsWith('-[', this.position)) return this.subtraction(content, negated);
      content += this.classPiece();
    }
    if (this.take() !== ']') throw new PatternFault('expected "]" to close the class.');
    return `[${negated ? '^' : ''}${content}]`;
  }

  private classPiece(): string {
    const character = this.take();
    if (character === '[') throw new PatternFault('expected "\\[" inside of a class but found "[".');
    return character === '\\' ? this.classEscape() : character;
  }

  private classEscape(): string {
    const letter = this.take();
    if (letter === 'p' || letter === 'P') return this.propertyText(letter);
    const inside = CLASSES[letter] ?? COMPLEMENTS[letter];
    if (inside === undefined && /[A-Z]/.test(letter)) throw new PatternFault(`expected no "\\${letter}" in a class.`);
    return inside ?? `\\${letter}`;
  }

  /** `[base-[removed]]` with plain characters and ranges on both sides. */
  private subtraction(base: string, negated: boolean): string {
    this.position += 2;
    const removed = this.characterClass();
    if (this.take() !== ']') throw new PatternFault('expected "]" to close the class.');
    const isNegated = removed.startsWith('[^');
    const other = rangesOf(removed.slice(isNegated ? 2 : 1, -1));
    const from = negated ? complement(rangesOf(base)) : rangesOf(base);
    return textOf(subtract(from, isNegated ? complement(other) : other));
  }
}

type Range = readonly [number, number];

const LAST = 0x10ffff;

function rangesOf(content: string): readonly Range[] {
  const plain = /^(?:[^\\-]|\\[^a-zA-Z])(?:-(?:[^\\-]|\\[^a-zA-Z]))?/u;
  const ranges: Range[] = [];
  for (let rest = content; rest !== '';) {
    const [found] = plain.exec(rest) ?? [];
    if (found === undefined) throw new PatternFault('expected characters and ranges only around "-[".');
    const ends = found.replaceAll('\\', '').split(/(?<=.)-(?=.)/u);
    const [low, high] = [ends[0]?.codePointAt(0) ?? 0, ends.at(-1)?.codePointAt(0) ?? 0];
    ranges.push([low, high]);
    rest = rest.slice(found.length);
  }
  return ranges.sort((a, b) => a[0] - b[0]);
}

function complement(ranges: readonly Range[]): readonly Range[] {
  return subtract([[0, LAST]], ranges);
}

function subtract(from: readonly Range[], removed: readonly Range[]): readonly Range[] {
  return removed.reduce<readonly Range[]>(
    (left, [low, high]) =>
      left.flatMap(([a, b]): Range[] => {
        const parts: Range[] = [
          [a, Math.min(b, low - 1)],
          [Math.max(a, high + 1), b],
        ];
        return parts.filter(([first, last]) => first <= last);
      }),
    from,
  );
}

function textOf(ranges: readonly Range[]): string {
  if (ranges.length === 0) throw new PatternFault('expected a class that holds a character.');
  const hex = (code: number) => `\\x{${code.toString(16)}}`;
  return `[${ranges.map(([low, high]) => `${hex(low)}-${hex(high)}`).join('')}]`;
}
