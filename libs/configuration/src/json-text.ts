/** A JSON text that was read, with the line of each value, so that a fault can be shown where it stands. */
export interface JsonText {
  readonly value: unknown;
  /** Line (1-based) of the value at a JSON pointer; of the nearest holder where the value is missing. */
  lineOf(pointer: string): number;
  /** Pointers of keys that stand twice in one object; JSON keeps the last and says nothing. */
  readonly duplicateKeys: readonly string[];
}

export type JsonReading =
  | { readonly ok: true; readonly json: JsonText }
  | { readonly ok: false; readonly line: number; readonly message: string };

const maxDepth = 200;

/** Reads a JSON text (RFC 8259). A fault gives the line it stands on and what was expected there. */
export function readJson(text: string): JsonReading {
  const scanner = new JsonScanner(text.replace(/^\uFEFF/, ' '));
  try {
    scanner.scan();
    return { ok: true, json: scanner.result() };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { ok: false, line: scanner.lineAt(error.offset), message: error.message };
  }
}

/** Escapes a key for a JSON pointer (RFC 6901). */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

class JsonFault extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const tokenPattern =
  // oxlint-disable-next-line no-control-regex -- JSON forbids exactly these in strings
  /[{}[\],:]|"[^"\\\u0000-\u001f]*(?:\\.[^"\\\u0000-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class JsonScanner {
  private offset = 0;
  private readonly offsets = new Map<string, number>();
  private readonly duplicates: string[] = [];
  private readonly lineStarts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lineStarts.push(at + 1);
  }

  scan(): void {
    this.value('', 0);
    this.skipSpace();
    if (this.offset < this.text.length) this.fail('the end of the file');
  }

  result(): JsonText {
    const value: unknown = this.parse(this.text, 0);
    return { value, duplicateKeys: this.duplicates, lineOf: (pointer) => this.lineAt(this.offsetOf(pointer)) };
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  private offsetOf(pointer: string): number {
    for (let at = pointer; at; at = at.slice(0, at.lastIndexOf('/'))) {
      const found = this.offsets.get(at);
      if (found !== undefined) return found;
    }
    return this.offsets.get('') ?? 0;
  }

  private value(pointer: string, depth: number): void {
    if (depth > maxDepth) throw new JsonFault(`Expected at most ${maxDepth} levels of nesting.`, this.offset);
    const token = this.next('a value');
    if (!this.offsets.has(pointer)) this.offsets.set(pointer, this.offset - token.length);
    if (token === '{') this.object(pointer, depth);
    else if (token === '[') this.array(pointer, depth);
    else if (/^[\]},:]/.test(token)) this.fail('a value', token);
    else if (token.startsWith('"')) this.parse(token, this.offset - token.length);
  }

  private object(pointer: string, depth: number): void {
    const keys = new Set<string>();
    if (this.take('}')) return;
    do {
      this.skipSpace();
      const start = this.offset;
      const token = this.next('a key in double quotes');
      if (!token.startsWith('"')) this.fail('a key in double quotes', token);
      const key = String(this.parse(token, start));
      const place = `${pointer}/${pointerPart(key)}`;
      if (keys.has(key)) this.duplicates.push(place);
      keys.add(key);
      this.offsets.set(place, start);
      this.expect(':');
      this.value(place, depth + 1);
    } while (this.take(','));
    this.expect('}');
  }

  private array(pointer: string, depth: number): void {
    if (this.take(']')) return;
    let index = 0;
    do this.value(`${pointer}/${index++}`, depth + 1);
    while (this.take(','));
    this.expect(']');
  }

  private parse(token: string, offset: number): unknown {
    try {
      return JSON.parse(token);
    } catch {
      throw new JsonFault(`Expected a valid JSON text but found ${token.slice(0, 40)}.`, offset);
    }
  }

  private next(expected: string): string {
    this.skipSpace();
    tokenPattern.lastIndex = this.offset;
    const token = tokenPattern.exec(this.text)?.[0];
    if (token === undefined) return this.fail(expected);
    this.offset += token.length;
    return token;
  }

  private take(sign: string): boolean {
    this.skipSpace();
    if (this.text[this.offset] !== sign) return false;
    this.offset += 1;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) this.fail(`"${sign}"`);
  }

  private skipSpace(): void {
    while (' \t\r\n'.includes(this.text[this.offset] ?? '.')) this.offset += 1;
  }

  private fail(expected: string, token = this.text.slice(this.offset, this.offset + 20)): never {
    const found = token ? `${JSON.stringify(token.split('\n')[0])}` : 'the end of the file';
    throw new JsonFault(
      `Expected ${expected} but found ${found}.`,
      Math.min(this.offset, Math.max(0, this.text.length - 1)),
    );
  }
}
