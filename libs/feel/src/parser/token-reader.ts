import { FeelSyntaxError, tokenize, type Token } from '../lexer.js';
import { KnownNames } from './known-names.js';

const MAX_DEPTH = 200;
/** Words of the grammar: no name begins with one or goes on over one unless it is known (DMN 1.5, 10.3.1.2, rules 25 to 30). */
const RESERVED = new Set(
  'and or in between if then else for return some every satisfies function true false null'.split(' '),
);
const SIGNS_IN_NAMES = new Set(['.', '/', '-', "'", '+', '*', '**']);
const ENDS_A_NAME = new Set([...RESERVED, 'external']);

/** Walks over the tokens; knows names of several words and guards the nesting depth. */
export class TokenReader {
  readonly known: KnownNames;
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;
  private mayFilter = true;

  constructor(
    readonly source: string,
    names: readonly string[],
  ) {
    this.tokens = tokenize(source);
    this.known = new KnownNames(names);
  }

  get current(): Token {
    return this.peek(0);
  }

  get previousEnd(): number {
    return this.position === 0 ? 0 : (this.tokens[this.position - 1] as Token).end;
  }

  peek(offset: number): Token {
    return (this.tokens[this.position + offset] ?? this.tokens.at(-1)) as Token;
  }

  next(): Token {
    const token = this.current;
    if (token.kind !== 'end') this.position++;
    return token;
  }

  isSymbol(text: string, offset = 0): boolean {
    const token = this.peek(offset);
    return token.kind === 'symbol' && token.text === text;
  }

  isWord(text: string, offset = 0): boolean {
    const token = this.peek(offset);
    return token.kind === 'name' && token.text === text;
  }

  takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.position++;
    return true;
  }

  takeWord(text: string): boolean {
    if (!this.isWord(text)) return false;
    this.position++;
    return true;
  }

  expectSymbol(text: string): void {
    if (!this.takeSymbol(text)) throw this.unexpected(`"${text}"`);
  }

  expectWord(text: string): void {
    if (!this.takeWord(text)) throw this.unexpected(`"${text}"`);
  }

  /** Runs `parse` one level deeper. */
  nested<T>(parse: () => T): T {
    if (++this.depth > MAX_DEPTH) throw this.error('tooDeep', `Expected at most ${MAX_DEPTH} nested levels.`);
    const result = parse();
    this.depth--;
    return result;
  }

  /** Whether `[` behind a value opens a filter; at the upper end of an interval it may close the interval instead. */
  get opensFilter(): boolean {
    return this.isSymbol('[') && (this.mayFilter || this.closesAgain());
  }

  /** Says whether `[` may open a filter while `parse` runs. */
  filtering<T>(allowed: boolean, parse: () => T): T {
    const outer = this.mayFilter;
    this.mayFilter = allowed;
    const result = parse();
    this.mayFilter = outer;
    return result;
  }

  /** Reads what stands between brackets, parted by commas, up to `close`, which is read too. */
  list(close: string, item: () => void): void {
    if (this.takeSymbol(close)) return;
    do this.filtering(true, item);
    while (this.takeSymbol(','));
    this.expectSymbol(close);
  }

  /** Whether a known name of several words begins here. */
  get startsKnownName(): boolean {
    return this.known.longestMatch(this.tokens, this.position) > 1;
  }

  /** Makes `names` known while `parse` runs. */
  within<T>(names: readonly string[], parse: () => T): T {
    this.known.enter(names);
    const result = parse();
    this.known.leave();
    return result;
  }

  /** Reads a name: a backtick name, the longest known name, or as many plain words as follow each other. */
  name(): string {
    if (this.current.kind === 'quotedName') return this.next().text;
    const known = this.known.longestMatch(this.tokens, this.position);
    if (known > 0) return this.take(known);
    this.refuseReserved();
    return this.words();
  }

  /** Reads a name behind a dot, where words of the grammar mean nothing else. */
  entryName(): string {
    const isKnown = this.current.kind === 'quotedName' || this.known.longestMatch(this.tokens, this.position) > 0;
    return isKnown ? this.name() : this.words();
  }

  /** Offset of the first token after the words from here on. */
  wordsAhead(): number {
    let length = 0;
    while (this.peek(length).kind === 'name') length++;
    return length;
  }

  /** Reads the name of a key, field, argument or parameter: up to the symbol that must follow, over the signs that names may hold. */
  key(mayHoldReserved = true): string {
    if (this.current.kind === 'quotedName') return this.next().text;
    if (this.current.kind !== 'name') throw this.unexpected('a name');
    let length = 0;
    while (this.isPartOfKey(length)) length++;
    const reserved = mayHoldReserved
      ? -1
      : this.tokens.slice(this.position, this.position + length).findIndex(isReserved);
    if (reserved === 0) throw this.unexpected('a name');
    return this.take(reserved > 0 ? reserved : length);
  }

  error(code: string, message: string): FeelSyntaxError {
    return new FeelSyntaxError(code, message, this.current.start, this.current.end);
  }

  unexpected(expected: string): FeelSyntaxError {
    const found =
      this.current.kind === 'end' ? 'the end' : `"${this.source.slice(this.current.start, this.current.end)}"`;
    return this.error('syntax', `Expected ${expected} but found ${found}.`);
  }

  refuseReserved(): void {
    const isInstanceOf = this.isWord('instance') && this.isWord('of', 1);
    if (isInstanceOf || isReserved(this.current)) throw this.unexpected('a name');
  }

  /** Whether `[` here has a `]` of its own with something to close the interval behind it. */
  private closesAgain(): boolean {
    let open = 0;
    for (let offset = 0; this.peek(offset).kind !== 'end'; offset++) {
      const { kind, text } = this.peek(offset);
      if (kind !== 'symbol') continue;
      if (offset === 1 && !'([{-<>'.includes(text)) return false;
      if ('([{'.includes(text)) open++;
      if (')]}'.includes(text) && --open === 0) return text === ']' && this.peek(offset + 1).kind !== 'end';
    }
    return false;
  }

  private isPartOfKey(offset: number): boolean {
    const { kind, text } = this.peek(offset);
    return kind === 'name' || (kind === 'number' ? /^\d+$/.test(text) : kind === 'symbol' && SIGNS_IN_NAMES.has(text));
  }

  private words(): string {
    if (this.current.kind !== 'name') throw this.unexpected('a name');
    let length = 1;
    while (this.current.text !== '?' && this.continuesName(length)) length++;
    return this.take(length);
  }

  private continuesName(length: number): boolean {
    const token = this.peek(length);
    if (token.kind === 'number') return /^\d+$/.test(token.text);
    if (token.kind !== 'name' || ENDS_A_NAME.has(token.text) || token.text.startsWith('?')) return false;
    return !(token.text === 'instance' && this.isWord('of', length + 1));
  }

  private take(length: number): string {
    const first = this.current;
    this.position += length;
    return this.source.slice(first.start, this.previousEnd).replace(/\s+/gu, ' ');
  }
}

function isReserved({ kind, text }: Token): boolean {
  return kind === 'name' && RESERVED.has(text);
}
