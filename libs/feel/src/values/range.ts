/** An interval. A missing end (`null`) stands for "without limit" as in `(< 5)`. */
export class FeelRange {
  constructor(
    readonly start: unknown,
    readonly end: unknown,
    readonly startIncluded: boolean,
    readonly endIncluded: boolean,
    /** True for intervals that `<`, `<=`, `>`, `>=`, `=` and `!=` made. */
    readonly isUnary = false,
  ) {}

  toString(): string {
    return `${this.startIncluded ? '[' : '('}${String(this.start ?? '')}..${String(this.end ?? '')}${this.endIncluded ? ']' : ')'}`;
  }

  toJSON(): string {
    return this.toString();
  }
}
