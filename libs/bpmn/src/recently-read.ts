/**
 * Remembers what reading a text gave, for the texts read last: a file is read by the check of a configuration, by its
 * deployment and when its first instance starts, all within a moment. Only for readings that are never changed.
 */
export class RecentlyRead<Reading> {
  private readonly readings = new Map<string, Reading>();
  private letters = 0;

  /** @param maxLetters of all remembered keys together; a longer one is not remembered. */
  constructor(private readonly maxLetters: number) {}

  get(key: string, read: () => Reading): Reading {
    const known = this.readings.get(key);
    const reading = known ?? read();
    if (known !== undefined) this.forget(key);
    if (key.length <= this.maxLetters) this.keep(key, reading);
    return reading;
  }

  private keep(key: string, reading: Reading): void {
    this.readings.set(key, reading);
    this.letters += key.length;
    for (const oldest of this.readings.keys()) {
      if (this.letters <= this.maxLetters) return;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    if (this.readings.delete(key)) this.letters -= key.length;
  }
}
