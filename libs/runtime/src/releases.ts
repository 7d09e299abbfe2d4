import type { Claim, RuntimeStore } from './ports.js';

/** Claims that this node gives back: at once, or after a while in which the work would fail again. */
export class Releases {
  private waiting: { readonly claim: Claim; readonly at: number }[] = [];

  constructor(private readonly store: RuntimeStore) {}

  /** `afterMs` of real time, from the next `flush` on. */
  add(claim: Claim, afterMs: number): void {
    this.waiting.push({ claim, at: Date.now() + afterMs });
  }

  /** Gives back what is due; what the database does not take is tried again. */
  async flush(): Promise<void> {
    const now = Date.now();
    const due = this.waiting.filter(({ at }) => at <= now);
    if (due.length === 0) return;
    this.waiting = this.waiting.filter(({ at }) => at > now);
    if (!(await this.store.claims.release(due.map(({ claim }) => claim)))) this.waiting.push(...due);
  }
}
