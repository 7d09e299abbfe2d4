import { inChinese } from './chinese.js';
import type { FeelProblem } from './types.js';

export type TokenKind = 'name' | 'quotedName' | 'number' | 'string' | 'at' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** For strings and backtick names the decoded text, else the text as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A fault in FEEL text, with character offsets. Thrown inside the library only; `compile*` turns it into a `FeelProblem`. */
export class FeelSyntaxError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

const SPACE = /[\s\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/u;
const NAME_START = /[\p{L}\p{Nl}\p{So}_?]/u;
const NAME_PART = /[\p{L}\p{N}\p{M}\p{So}_?\u00b7\u203f\u2040]/u;
const NUMBER = /(?:\d+(?:\.(?!\.)\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const TWO_CHARACTER_SYMBOLS = new Set(['..', '**', '<=', '>=', '!=', '->']);
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' };

/** Splits FEEL text into tokens; comments and white space are dropped. Throws `FeelSyntaxError`. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let position = skipBlank(source, 0);
  while (position < source.length) {
    const token = readToken(source, position);
    tokens.push(token);
    position = skipBlank(source, token.end);
  }
  tokens.push({ kind: 'end', text: '', start: source.length, end: source.length });
  return tokens;
}

/** Where an expression stands: in `source`, from `offset` on. */
export interface Origin {
  readonly source: string;
  readonly offset: number;
}

/** Moves offsets in an expression to the text around it; adds the Chinese sentence, and line and column, which count from 1. */
export function placedIn(
  { source, offset }: Origin,
  found: Omit<FeelProblem, 'line' | 'column' | 'messageZh'>,
): FeelProblem {
  const [start, end] = [found.start + offset, found.end + offset];
  const before = source.slice(0, start);
  const line = before.split('\n').length;
  const column = start - before.lastIndexOf('\n');
  const { code, message } = found;
  const messageZh = inChinese(message);
  return { code, message, ...(messageZh !== undefined && { messageZh }), start, end, line, column };
}

function skipBlank(source: string, from: number): number {
  let position = from;
  for (;;) {
    if (position < source.length && SPACE.test(source[position] as string)) position++;
    else if (source.startsWith('//', position)) position = endOf(source, '\n', position, source.length);
    else if (source.startsWith('/*', position)) position = endOfBlockComment(source, position);
    else return position;
  }
}

function endOf(source: string, text: string, from: number, otherwise: number): number {
  const found = source.indexOf(text, from);
  return found < 0 ? otherwise : found + text.length;
}

function endOfBlockComment(source: string, from: number): number {
  const end = endOf(source, '*/', from + 2, -1);
  if (end < 0) throw new FeelSyntaxError('unclosedComment', 'Expected */ to close the comment.', from, source.length);
  return end;
}

function readToken(source: string, start: number): Token {
  const character = String.fromCodePoint(source.codePointAt(start) as number);
  if (character === '"') return readString(source, start, 'string', start);
  if (character === '@' && source[start + 1] === '"') return readString(source, start + 1, 'at', start);
  if (character === '`') return readQuotedName(source, start);
  if (NAME_START.test(character)) return readName(source, start);
  return readNumber(source, start) ?? readSymbol(source, start, character);
}

function readName(source: string, start: number): Token {
  let end = start;
  while (end < source.length) {
    const part = String.fromCodePoint(source.codePointAt(end) as number);
    if (!NAME_PART.test(part)) break;
    end += part.length;
  }
  return { kind: 'name', text: source.slice(start, end), start, end };
}

function readNumber(source: string, start: number): Token | undefined {
  NUMBER.lastIndex = start;
  const match = NUMBER.exec(source);
  return match ? { kind: 'number', text: match[0], start, end: start + match[0].length } : undefined;
}

function readSymbol(source: string, start: number, character: string): Token {
  const two = source.slice(start, start + 2);
  const text = TWO_CHARACTER_SYMBOLS.has(two) ? two : character;
  return { kind: 'symbol', text, start, end: start + text.length };
}

function readQuotedName(source: string, start: number): Token {
  const close = source.indexOf('`', start + 1);
  if (close < 0) throw new FeelSyntaxError('unclosedName', 'Expected ` to close the name.', start, source.length);
  return { kind: 'quotedName', text: source.slice(start + 1, close), start, end: close + 1 };
}

function readString(source: string, quote: number, kind: TokenKind, start: number): Token {
  let text = '';
  let position = quote + 1;
  while (position < source.length && source[position] !== '"') {
    if (source[position] === '\\') {
      const escape = readEscape(source, position);
      text += escape.text;
      position = escape.end;
    } else {
      text += source[position];
      position++;
    }
  }
  if (position >= source.length) {
    throw new FeelSyntaxError('unclosedString', 'Expected " to close the text.', start, source.length);
  }
  return { kind, text, start, end: position + 1 };
}

/** Escapes of DMN 1.5, 10.3.1.2, rule 64 and of Java; any other backslash stands for itself (as in `matches("\d")`). */
function readEscape(source: string, start: number): { text: string; end: number } {
  const next = source[start + 1] ?? '';
  const unicode = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6}))/.exec(source.slice(start + 1, start + 8));
  const code = unicode ? parseInt((unicode[1] ?? unicode[2]) as string, 16) : undefined;
  if (unicode && code !== undefined && code <= 0x10ffff) {
    return { text: String.fromCodePoint(code), end: start + 1 + unicode[0].length };
  }
  const known = ESCAPES[next];
  return known === undefined ? { text: '\\', end: start + 1 } : { text: known, end: start + 2 };
}
