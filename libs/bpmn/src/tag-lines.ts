const SKIPPED: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
];
const [slash, exclamation, question] = [0x2f, 0x21, 0x3f];
const [quote, apostrophe, closing] = [0x22, 0x27, 0x3e];

/**
 * A live resource: the lines of the opening tags of an XML text, in their order and in one pass. A streaming parser
 * such as saxen counts from the top for each place that it is asked for, so that reading would be quadratic; this
 * walks beside it, by its rules (a quote without its end is no quote).
 */
export class TagLines {
  /** Characters of the tag that was passed last, from `<` to `>`; to the end of the text where nothing closes it. */
  tagLength = 0;
  #at = 0;
  #line = 1;
  #lineEnd = 0;
  readonly #breaks = /\r\n|\r|\n/g;

  constructor(private readonly xml: string) {
    this.#lineEnd = this.#nextLineEnd();
  }

  /** The line (1-based) of the next opening tag; undefined at the end of the text. */
  next(): number | undefined {
    for (;;) {
      const start = this.#placeOf('<', this.#at);
      if (start === this.xml.length) return undefined;
      const sign = this.xml.charCodeAt(start + 1);
      if (sign === slash) this.#at = start + 1;
      else if (sign === exclamation || sign === question) this.#at = this.#behindSkipped(start);
      else return this.#pass(start);
    }
  }

  #pass(start: number): number {
    this.#at = this.#endOfTag(start);
    this.tagLength = this.#at - start;
    return this.#lineOf(start);
  }

  #behindSkipped(start: number): number {
    const end = SKIPPED.find(([first]) => this.xml.startsWith(first, start))?.[1] ?? '>';
    return this.#placeOf(end, start);
  }

  /** Behind the sign that closes the tag: a `>` within quotes does not. */
  #endOfTag(start: number): number {
    const { xml } = this;
    for (let at = start; at < xml.length; at += 1) {
      const sign = xml.charCodeAt(at);
      if (sign === closing) return at + 1;
      if (sign !== quote && sign !== apostrophe) continue;
      const end = xml.indexOf(sign === quote ? '"' : "'", at + 1);
      if (end >= 0) at = end;
    }
    return xml.length;
  }

  /** Places only ever move forward. */
  #lineOf(place: number): number {
    for (; this.#lineEnd <= place; this.#lineEnd = this.#nextLineEnd()) this.#line += 1;
    return this.#line;
  }

  #nextLineEnd(): number {
    return this.#breaks.exec(this.xml) ? this.#breaks.lastIndex : Infinity;
  }

  #placeOf(text: string, from: number): number {
    const at = this.xml.indexOf(text, from);
    return at < 0 ? this.xml.length : at;
  }
}
