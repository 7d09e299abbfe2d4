/** Runs of characters that may stand in a name; signs of ASCII part them. */
const WORD = /[^\s!-/:-@[-^`{-~]+/g;
const FIRST_WORD = new RegExp(`^${WORD.source}`);

/** The names of a file by their first word: an expression needs to know only those that can stand in it. */
export class NamesByWord {
  private readonly byFirst = new Map<string, string[]>();

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const first = FIRST_WORD.exec(name)?.[0] ?? '';
      const others = this.byFirst.get(first);
      if (others) others.push(name);
      else this.byFirst.set(first, [name]);
    }
  }

  /** Names that may stand in the text, and some that do not. */
  within(text: string): string[] {
    const words = new Set(['', ...(text.match(WORD) ?? []).flatMap((word) => [word, word.replace(/^\d+/, '')])]);
    return [...words].flatMap((word) => this.byFirst.get(word) ?? []);
  }
}
