const SKIPPED: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
  ['</', '>'],
];

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
      const skipped = SKIPPED.find(([first]) => this.xml.startsWith(first, start));
      this.#at = skipped ? this.#placeOf(skipped[1], start) : this.#endOfTag(start);
      if (skipped) continue;
      this.tagLength = this.#at - start;
      return this.#lineOf(start);
    }
  }

  /** Behind the sign that closes the tag: a `>` within quotes does not. */
  #endOfTag(start: number): number {
    const stops = /[>"']/g;
    stops.lastIndex = start;
    for (let found = stops.exec(this.xml); found; found = stops.exec(this.xml)) {
      if (found[0] === '>') return stops.lastIndex;
      const closing = this.xml.indexOf(found[0], stops.lastIndex);
      if (closing >= 0) stops.lastIndex = closing + 1;
    }
    return this.xml.length;
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
