import type { RowOperation } from '#runtime';
import type { BatchConnection } from './batch.js';

interface Counter {
  readonly series: string;
  readonly year: number;
  last: number;
}

/** Counters of business numbers that a batch holds: locked once, counted in memory, written at its end. */
export class SeriesCounters {
  private readonly counters = new Map<string, Counter>();

  constructor(private readonly connection: Pick<BatchConnection, 'run'>) {}

  /** Takes the counters' row locks in one order on all nodes. */
  async lock(series: readonly { readonly series: string; readonly year: number }[]): Promise<void> {
    const distinct = new Map(series.map((entry) => [idOf(entry.series, entry.year), entry]));
    for (const [id, { series: name, year }] of [...distinct].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await this.connection.run(
        'INSERT INTO number_series (series, "year", "last") VALUES (?, ?, 0) ON CONFLICT DO NOTHING',
        [name, year],
      );
      const { rows } = await this.connection.run(
        'UPDATE number_series SET "last" = "last" WHERE series = ? AND "year" = ? RETURNING "last"',
        [name, year],
      );
      this.counters.set(id, { series: name, year, last: Number(rows[0]?.last) });
    }
  }

  /** The next number of a locked series; `drawn` holds what the unit has drawn, which counts once it is kept. */
  draw(series: string, year: number, drawn: Map<string, number>): number {
    const id = idOf(series, year);
    const counter = this.counters.get(id);
    if (!counter) throw new Error(`Expected the unit to declare the series ${series} of ${year}.`);
    const next = (drawn.get(id) ?? counter.last) + 1;
    drawn.set(id, next);
    return next;
  }

  /** The unit was accepted: its numbers are used. */
  keep(drawn: ReadonlyMap<string, number>): void {
    for (const [id, last] of drawn) this.counters.get(id)!.last = last;
  }

  rows(): readonly RowOperation[] {
    return [...this.counters.values()].map(({ series, year, last }) => ({
      update: 'number_series',
      key: { series, year },
      set: { last },
    }));
  }
}

const idOf = (series: string, year: number): string => `${series}/${year}`;
