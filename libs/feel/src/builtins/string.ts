import type { RE2JS } from 're2js';
import { textOf } from '../values/text.js';
import { integerOf } from '../values/number.js';
import { kindOf } from '../values/kinds.js';
import { shown } from '../values/shown.js';
import { define, type Call } from './define.js';
import { compilePattern, replacementPieces } from './pattern.js';

const CHARACTERS_PER_STEP = 64;

function spend(call: Call, text: string): string {
  call.run.charge(1 + Math.floor(text.length / CHARACTERS_PER_STEP));
  return text;
}

/** The characters of a text, where a pair of surrogates is one; the text itself where it has none, which is nearly always. */
function charactersOf(text: string): string | readonly string[] {
  return /[\uD800-\uDFFF]/.test(text) ? [...text] : text;
}

function textBetween(characters: string | readonly string[], from: number, to?: number): string {
  return typeof characters === 'string' ? characters.slice(from, to) : characters.slice(from, to).join('');
}

function substring(call: Call, text: string, start: unknown, length?: unknown): string | null {
  const from = integerOf(start);
  const characters = charactersOf(text);
  if (from === undefined || from === 0 || Math.abs(from) > characters.length)
    return call.fail(`a start position within ${characters.length} characters`, shown(start));
  const begin = from > 0 ? from - 1 : characters.length + from;
  if (length === undefined) return textBetween(characters, begin);
  const count = Math.trunc(Number(length));
  return count < 1 ? call.fail('a length of at least 1', shown(length)) : textBetween(characters, begin, begin + count);
}

function joinTexts(
  call: Call,
  list: readonly unknown[],
  delimiter: string | null = '',
  prefix: string | null = '',
  suffix: string | null = '',
): string | null {
  const texts = list.filter((item) => item !== null);
  const other = texts.find((item) => typeof item !== 'string');
  if (other !== undefined) return call.fail('texts', kindOf(other));
  return spend(call, `${prefix ?? ''}${texts.join(delimiter ?? '')}${suffix ?? ''}`);
}

/** A pattern that matches the empty text is refused, as XPath does (functions and operators, 7.6.3, FORX0003). */
function replace(
  call: Call,
  input: string,
  pattern: string,
  replacement: string,
  flags?: string | null,
): string | null {
  const compiled = compilePattern(call, pattern, flags);
  if (compiled === null) return null;
  if (compiled.matcher('').find()) return call.fail('a pattern that does not match the empty text', shown(pattern));
  const pieces = replacementPieces(replacement, compiled.groupCount());
  if (pieces === undefined)
    return call.fail('"$" with a number, "\\$" or "\\\\" in the replacement', shown(replacement));
  return replaced(call, compiled, spend(call, input), pieces);
}

function replaced(call: Call, pattern: RE2JS, input: string, pieces: readonly (string | number)[]): string {
  const matcher = pattern.matcher(input);
  let text = '';
  let from = 0;
  while (matcher.find()) {
    const filled = pieces.map((piece) => (typeof piece === 'string' ? piece : (matcher.group(piece) ?? ''))).join('');
    text += input.slice(from, matcher.start()) + spend(call, filled);
    from = matcher.end();
  }
  return text + input.slice(from);
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

function matchesPattern(call: Call, input: string, pattern: string, flags?: string | null): boolean | null {
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

/** As many as a call takes as arguments on every machine. */
const BYTES_AT_ONCE = 8_192;

/** Base64 of the text in UTF-8. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let from = 0; from < bytes.length; from += BYTES_AT_ONCE)
    binary += String.fromCharCode(...bytes.subarray(from, from + BYTES_AT_ONCE));
  return btoa(binary);
}

/** String functions (DMN 1.5, 10.3.4.1 and 10.3.4.3) and those of Camunda. */
export const stringFunctions = [
  define('substring', ['string:string, start position:number, length?:number', substring]),
  define('string length', ['string:string', (_: Call, text: string) => charactersOf(text).length]),
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
  define('matches', ['input:string, pattern:string, flags?:string|null', matchesPattern]),
  define('replace', ['input:string, pattern:string, replacement:string, flags?:string|null', replace]),
  define('split', ['string:string, delimiter:string', split]),
  define('extract', ['string:string, pattern:string', extract]),
  define(
    'string join',
    ['list:list, delimiter?:string|null', joinTexts],
    ['list:list, delimiter:string|null, prefix:string|null, suffix:string|null', joinTexts],
  ),
  define('string', [
    'from:any',
    (call: Call, from: unknown) => (from === null ? null : spend(call, textOf(from, call.run))),
  ]),
];
