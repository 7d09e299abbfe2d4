import { RE2JS } from 're2js';
import { shown } from '../values/shown.js';
import type { Call } from './define.js';
import { PatternFault, translatePattern } from './pattern-syntax.js';

const MAX_PATTERN_LENGTH = 1_000;
const MAX_PATTERNS_KEPT = 200;
/** Compiled patterns by flags and text; expressions mostly name the same few. */
const kept = new Map<string, RE2JS>();

/**
 * Compiles a regular expression of XPath (DMN 1.5, 10.3.4.3, `matches`, `replace` and `split`) for an engine that runs in linear time;
 * flags are `s`, `m`, `i` and `x`. Null with a warning for a pattern that is none.
 * Differs: references back to a group (`\1`) are refused, for no engine matches them in linear time (ADR 9).
 */
export function compilePattern(call: Call, pattern: string, flags: string | null = ''): RE2JS | null {
  if (pattern.length > MAX_PATTERN_LENGTH)
    return call.fail(`at most ${MAX_PATTERN_LENGTH} characters in the pattern`, String(pattern.length));
  if (/[^smixu]/.test(flags ?? '')) return call.fail('flags of "smix"', shown(flags));
  const key = `${flags ?? ''}/${pattern}`;
  const known = kept.get(key);
  if (known) return known;
  call.run.charge(stepsToCompile(pattern));
  return keep(key, compileNew(call, pattern, flags ?? ''));
}

/** Counted repetitions are written out: the engine's program grows with them, and by groups with their product. */
function stepsToCompile(pattern: string): number {
  const counts = [...pattern.matchAll(/(\)?)\{(\d+)(?:,(\d*))?\}/g)];
  const of = (isGroup: boolean) =>
    counts.filter(([, group]) => (group !== '') === isGroup).map(([, , low, high]) => Number(high || low) + 1);
  const plain = of(false).reduce((sum, count) => sum + count, pattern.length);
  return 100 + of(true).reduce((product, count) => Math.min(1e6, product * count), plain);
}

function keep(key: string, compiled: RE2JS | null): RE2JS | null {
  if (kept.size >= MAX_PATTERNS_KEPT) kept.clear();
  if (compiled) kept.set(key, compiled);
  return compiled;
}

function compileNew(call: Call, pattern: string, flags: string): RE2JS | null {
  const known =
    (flags.includes('s') ? RE2JS.DOTALL : 0) |
    (flags.includes('m') ? RE2JS.MULTILINE : 0) |
    (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0);
  try {
    return RE2JS.compile(translatePattern(pattern, flags), known);
  } catch (error) {
    if (error instanceof PatternFault || isSyntaxFault(error))
      return call.fail('a regular expression', `${shown(pattern)}: ${error.message}`);
    throw error;
  }
}

function isSyntaxFault(error: unknown): error is Error {
  return error instanceof Error && error.name.startsWith('RE2JS');
}

const REPLACEMENT_PART = /\\([\\$])|\$(\d+)|([\\$])/g;

/** A piece of a replacement: text, or the number of a group. */
type Piece = string | number;

/**
 * Splits the replacement of `replace`: `$1` is a group, `\$` and `\\` stand for themselves; undefined if `$` or `\` stands
 * for nothing. Of a number above the count of groups the last digits are text (XPath 2.0 functions, 7.6.3).
 */
export function replacementPieces(text: string, groups: number): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(REPLACEMENT_PART)) {
    const [whole, escaped, digits, stray] = match;
    if (stray !== undefined) return undefined;
    pieces.push(text.slice(from, match.index), ...(escaped === undefined ? group(digits ?? '0', groups) : [escaped]));
    from = match.index + whole.length;
  }
  return [...pieces, text.slice(from)];
}

function group(digits: string, groups: number): readonly Piece[] {
  let length = digits.length;
  while (length > 1 && Number(digits.slice(0, length)) > groups) length--;
  const index = Number(digits.slice(0, length));
  return [index > groups ? '' : index, digits.slice(length)];
}
