/** Where something stands in a file, in bytes. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface PdfValue extends Span {
  /** Whole strings in it, with their brackets. */
  readonly strings: readonly Span[];
}

export interface PdfObject extends PdfValue {
  readonly number: number;
  readonly stream: Span | undefined;
}

const WHITE = '[\\0\\t\\n\\f\\r ]';
/** `12 0 obj` and `12 0 R` (ISO 32000-1, 7.3.10). */
const OBJECT = `(\\d{1,10})${WHITE}{1,16}\\d{1,5}${WHITE}{1,16}obj`;
export const REFERENCE = `(\\d{1,10})${WHITE}{1,16}\\d{1,5}${WHITE}{1,16}R`;
const LENGTH = new RegExp(`/Length${WHITE}{1,16}(\\d{1,10})(?!\\d|${WHITE}{1,16}\\d)`);

const isWhite = (code: number): boolean =>
  code === 32 || code === 10 || code === 13 || code === 9 || code === 12 || code === 0;

/**
 * Visits the objects of a PDF, one byte a character, in the order of the file; what stands in a stream is none of them.
 * Reads each byte a fixed number of times: behind something that never ends nothing more is read.
 */
export function eachObject(text: string, visit: (object: PdfObject) => void): void {
  const objects = new RegExp(OBJECT, 'g');
  for (let found = objects.exec(text); found; found = objects.exec(text)) {
    const value = valueAt(text, objects.lastIndex);
    const stream = streamBehind(text, value);
    visit({ ...value, number: Number(found[1]), stream });
    objects.lastIndex = stream?.to ?? value.to;
  }
}

/** One value: a dictionary or an array to its end, a string, or a word. */
export function valueAt(text: string, from: number): PdfValue {
  const strings: Span[] = [];
  let [at, depth] = [from, 0];
  do {
    at = behindWhite(text, at);
    const sign = text[at];
    if (sign === undefined) break;
    const isDouble = text[at + 1] === sign;
    if (sign === '(' || (sign === '<' && !isDouble)) {
      const to = sign === '(' ? endOfLiteral(text, at) : text.indexOf('>', at) + 1;
      if (to === 0) return { from, to: text.length, strings };
      strings.push({ from: at, to });
      at = to;
    } else if (sign === '[' || sign === ']') {
      depth += sign === '[' ? 1 : -1;
      at += 1;
    } else if ((sign === '<' || sign === '>') && isDouble) {
      depth += sign === '<' ? 1 : -1;
      at += 2;
    } else {
      const to = endOfWord(text, at + 1);
      if (isEnd(text.slice(at, Math.min(to, at + 10)))) break;
      at = to;
    }
  } while (depth > 0);
  return { from, to: at, strings };
}

const isEnd = (word: string): boolean => word === 'endobj' || word === 'stream' || word === 'endstream';

function behindWhite(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && isWhite(text.charCodeAt(at))) at++;
    if (text[at] !== '%') return at;
    while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  }
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isWhite(text.charCodeAt(at)) && !'()<>[]{}/%'.includes(text[at]!)) at++;
  return at;
}

/** Behind the bracket that closes a string; 0 where none does. */
function endOfLiteral(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '(') depth++;
    else if (sign === ')' && --depth === 0) return at + 1;
  }
  return 0;
}

function streamBehind(text: string, { from, to }: PdfValue): Span | undefined {
  const word = behindWhite(text, to);
  if (!text.startsWith('stream', word)) return undefined;
  const line = text.startsWith('\r\n', word + 6) ? 2 : text[word + 6] === '\n' || text[word + 6] === '\r' ? 1 : 0;
  const begin = word + 6 + line;
  const said = begin + Number(LENGTH.exec(text.slice(from, to))?.[1] ?? Number.NaN);
  if (said <= text.length && text.startsWith('endstream', behindWhite(text, said))) return { from: begin, to: said };
  const end = text.indexOf('endstream', begin);
  if (end < 0) return { from: begin, to: text.length };
  const before = text.startsWith('\r\n', end - 2) ? 2 : text[end - 1] === '\n' || text[end - 1] === '\r' ? 1 : 0;
  return { from: begin, to: Math.max(begin, end - before) };
}
