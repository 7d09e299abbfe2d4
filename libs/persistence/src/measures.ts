/** How it went with one unit of work; carries no content and no keys. */
export interface UnitMeasure {
  /** What was asked, such as `completeUserTask`; undefined for housekeeping. */
  readonly kind: string | undefined;
  /** `ok`, a rejection code, `unavailable` or `failed`. */
  readonly outcome: string;
  /** From the asking until its transaction began. */
  readonly waitMs: number;
  /** From the asking until the answer. */
  readonly totalMs: number;
}

/** One commit, or units that were refused without one. */
export interface BatchMeasure {
  readonly units: readonly UnitMeasure[];
  /** From BEGIN until after COMMIT; absent where there was none. */
  readonly commitMs?: number;
}
