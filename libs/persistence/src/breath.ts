/** A turn of the event loop that took so long lets the others have theirs. */
const BREATH_MS = 10;

/**
 * Lets the process breathe within long work. SQLite answers at once, so that a whole transaction is one turn of the event
 * loop, and who only wants to read waits for all of it.
 */
export class Breath {
  private since = performance.now();

  /** A turn has just begun. */
  begun(): void {
    this.since = performance.now();
  }

  /** Ends the turn where it has lasted; goes on at once otherwise. */
  async take(): Promise<void> {
    if (performance.now() - this.since < BREATH_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.begun();
  }
}
