import { RE2JS } from 're2js';
import { textOf } from '../values/text.js';
import { integerOf } from '../values/number.js';
import { define, type Call } from './define.js';

const MAX_PATTERN_LENGTH = 1_000;
const CHARACTERS_PER_STEP = 64;

/** Regular expressions run on a linear-time engine; flags are `s`, `m`, `i` and `x`. Gives null for a pattern that is none. */
function compilePattern(call: Call, pattern: string, flags = ''): RE2JS | null {
  if (pattern.length > MAX_PATTERN_LENGTH)
    return call.fail(`expected at most ${MAX_PATTERN_LENGTH} characters in the pattern.`);
  if (/[^smixu]/.test(flags)) return call.fail(`expected flags of "smix" but found "${flags}".`);
  const known =
    (flags.includes('s') ? RE2JS.DOTALL : 0) |
    (flags.includes('m') ? RE2JS.MULTILINE : 0) |
    (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0);
  try {
    return RE2JS.compile(flags.includes('x') ? pattern.replace(/\s+/g, '') : pattern, known);
  } catch (error) {
    return call.fail(error instanceof Error ? error.message : 'expected a regular expression.');
  }
}

function spend(call: Call, text: string): string {
  call.run.charge(1 + Math.floor(text.length / CHARACTERS_PER_STEP));
  return text;
}

function substring(_call: Call, text: string, start: unknown, length?: unknown): string | null {
  const from = integerOf(start);
  const characters = [...text];
  if (from === undefined || from === 0 || Math.abs(from) > characters.length) return null;
  const begin = from > 0 ? from - 1 : characters.length + from;
  if (length === undefined) return characters.slice(begin).join('');
  const count = Math.trunc(Number(length));
  return count < 1 ? null : characters.slice(begin, begin + count).join('');
}

function joinTexts(
  call: Call,
  list: readonly unknown[],
  delimiter: string | null = '',
  prefix: string | null = '',
  suffix: string | null = '',
): string | null {
  const texts = list.filter((item) => item !== null);
  if (!texts.every((item) => typeof item === 'string')) return null;
  return spend(call, `${prefix ?? ''}${texts.join(delimiter ?? '')}${suffix ?? ''}`);
}

function replace(call: Call, input: string, pattern: string, replacement: string, flags?: string): string | null {
  const compiled = compilePattern(call, pattern, flags);
  spend(call, input);
  return compiled && spend(call, compiled.matcher(input).replaceAll(replacement.replace(/\$(?!\d)/g, '\\$')));
}

function split(call: Call, text: string, delimiter: string): string[] | null {
  const compiled = compilePattern(call, delimiter);
  spend(call, text);
  return compiled && pieces(call, compiled, text);
}

/** The texts between the matches; an empty match at either end parts nothing (XPath `fn:tokenize`). */
function pieces(call: Call, pattern: RE2JS, text: string): string[] {
  const found: string[] = [];
  const matcher = pattern.matcher(text);
  let from = 0;
  while (matcher.find()) {
    call.run.charge(1);
    if (matcher.end() === matcher.start() && (matcher.end() === 0 || matcher.end() === text.length)) continue;
    found.push(text.slice(from, matcher.start()));
    from = matcher.end();
  }
  return [...found, text.slice(from)];
}

function matchesPattern(call: Call, input: string, pattern: string, flags?: string): boolean | null {
  const compiled = compilePattern(call, pattern, flags);
  spend(call, input);
  return compiled && compiled.matcher(input).find();
}

function extract(call: Call, input: string, pattern: string): string[] | null {
  const compiled = compilePattern(call, pattern);
  if (compiled === null) return null;
  const found: string[] = [];
  const matcher = compiled.matcher(input);
  while (matcher.find()) {
    call.run.charge(1);
    found.push(matcher.group() ?? '');
  }
  return found;
}

/** Base64 of the text in UTF-8. */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

/** String functions (DMN 1.3, table 66) and those of Camunda. */
export const stringFunctions = [
  define('substring', ['string:string, start position:number, length?:number', substring]),
  define('string length', ['string:string', (_: Call, text: string) => [...text].length]),
  define('upper case', ['string:string', (_: Call, text: string) => text.toUpperCase()]),
  define('lower case', ['string:string', (_: Call, text: string) => text.toLowerCase()]),
  define('is blank', ['string:string', (_: Call, text: string) => text.trim() === '']),
  define('to base64', ['value:string', (call: Call, text: string) => base64(spend(call, text))]),
  define('trim', ['string:string', (_: Call, text: string) => text.trim()]),
  define('substring before', [
    'string:string, match:string',
    (_: Call, text: string, match: string) => text.slice(0, Math.max(0, text.indexOf(match))),
  ]),
  define('substring after', [
    'string:string, match:string',
    (_: Call, text: string, match: string) =>
      text.includes(match) ? text.slice(text.indexOf(match) + match.length) : '',
  ]),
  define('contains', ['string:string, match:string', (_: Call, text: string, match: string) => text.includes(match)]),
  define('starts with', [
    'string:string, match:string',
    (_: Call, text: string, match: string) => text.startsWith(match),
  ]),
  define('ends with', ['string:string, match:string', (_: Call, text: string, match: string) => text.endsWith(match)]),
  define('matches', ['input:string, pattern:string, flags?:string', matchesPattern]),
  define('replace', ['input:string, pattern:string, replacement:string, flags?:string', replace]),
  define('split', ['string:string, delimiter:string', split]),
  define('extract', ['string:string, pattern:string', extract]),
  define(
    'string join',
    ['list:list, delimiter?:string|null', joinTexts],
    ['list:list, delimiter:string|null, prefix:string|null, suffix:string|null', joinTexts],
  ),
  define('string', ['from:any', (call: Call, from: unknown) => (from === null ? null : spend(call, textOf(from)))]),
];
