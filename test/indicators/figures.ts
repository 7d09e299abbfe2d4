import {
  compileConfiguration,
  indicatorFacts,
  readFolder,
  type ConfigurationSet,
  type IndicatorEntry,
} from '#configuration';
import type { InstanceFacts } from '../../libs/configuration/src/ledgers/facts.js';
import { figureOf, type PeriodFigure } from '../../apps/server/src/ledgers/indicator-figures.js';
import { periodsUpTo } from '../../apps/server/src/ledgers/periods.js';

export const TIME_ZONE = 'Asia/Shanghai';
/** Of `suppressCell`. */
export const LEAST = 5;

/** Epoch ms of a local time such as `2026-03-02T09:00`. */
export const at = (text: string): number => Date.parse(`${text}:00+08:00`);

/** One row of a known set: what an instance of a process knows, and when its steps were done. */
export interface Row {
  readonly process?: string;
  readonly drill?: boolean;
  readonly state?: string;
  readonly started?: string;
  readonly ended?: string;
  /** How often it is in the set; 1 where it says nothing. */
  readonly times?: number;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** By element id: begin, and end where it was completed. */
  readonly steps?: Readonly<Record<string, readonly [string, string?]>>;
  /** Variables of what was taken up again in the same case. */
  readonly redos?: readonly Readonly<Record<string, unknown>>[];
  /** When reviews of the case began. */
  readonly reviews?: readonly string[];
  /** Variables of the cases that name this one. */
  readonly repeats?: readonly Readonly<Record<string, unknown>>[];
}

/** Figures of the indicators of the pack over known rows, as the server gives them at a pinned time. */
export class PackFigures {
  private constructor(readonly set: ConfigurationSet) {}

  static async open(): Promise<PackFigures> {
    const { set, problems } = await compileConfiguration(await readFolder(process.cwd()));
    if (!set) throw new Error(problems.map(({ message }) => message).join('\n'));
    return new PackFigures(set);
  }

  entry(id: string): IndicatorEntry {
    const found = this.set.readModel.indicators.find(({ declaration }) => declaration.id === id);
    if (!found) throw new Error(`Expected an indicator ${id}.`);
    return found;
  }

  /** The figure of a month, quarter or year; what is due after `now` is neither kept nor missed. */
  figure(id: string, { rows, period, now }: { rows: readonly Row[]; period: string; now: string }): PeriodFigure {
    const entry = this.entry(id);
    const counted = this.counted(id, { rows, period, now });
    const groups = [...new Set(counted.map(({ group }) => group))];
    const sums = groups.map((group) => {
      const own = counted.filter((one) => one.group === group);
      const total = own.reduce((sum, { value }) => sum + (value ?? 0), 0);
      return {
        period: 0,
        group,
        numerator: own.filter((one) => one.isNumerator).length,
        denominator: own.length,
        total,
      };
    });
    return figureOf(entry.declaration, sums, LEAST);
  }

  /** Whose readers count what is below the line. */
  units(id: string, asked: { rows: readonly Row[]; period: string; now: string }): readonly (string | null)[] {
    return this.counted(id, asked).map(({ unit }) => unit);
  }

  private counted(id: string, { rows, period, now }: { rows: readonly Row[]; period: string; now: string }) {
    const entry = this.entry(id);
    const context = { now: 0, timeZone: TIME_ZONE, functions: this.set.feelFunctions };
    const within = this.within(period, at(now));
    const read = rows.flatMap((row, place) =>
      Array.from({ length: row.times ?? 1 }, (_, copy) =>
        indicatorFacts(entry, factsOf({ process: entry.declaration.process, ...row }, place * 100 + copy), context),
      ),
    );
    const fault = read.find((one) => one.fault !== undefined)?.fault;
    if (fault !== undefined) throw new Error(fault);
    return read.flatMap(({ results }) => results).filter(within);
  }

  /** Above and below the line, and the percentage where there are enough for one. */
  share(id: string, asked: { rows: readonly Row[]; period: string; now: string }): string {
    const { state, numerator, denominator, rate } = this.figure(id, asked);
    return state === 'shown'
      ? `${numerator}/${denominator} = ${Math.round((rate ?? 0) * 1000) / 10}%`
      : `${numerator}/${denominator} ${state}`;
  }

  private within(period: string, now: number): (fact: { readonly periodAt: number }) => boolean {
    const length = period.includes('Q') ? 'quarter' : period.includes('-') ? 'month' : 'year';
    const found = periodsUpTo(now, length, 24, TIME_ZONE).find(({ id }) => id === period);
    if (!found) throw new Error(`Expected ${period} to be a period before ${now}.`);
    return ({ periodAt }) => periodAt >= found.from && periodAt < Math.min(found.below, now + 1);
  }
}

function factsOf(row: Row & { readonly process: string }, key: number): InstanceFacts {
  const {
    process,
    drill = false,
    state = 'ACTIVE',
    started = '2026-01-05T09:00',
    ended,
    variables = {},
    steps = {},
    redos = [],
    reviews = [],
    repeats = [],
  } = row;
  const instance = {
    key: String(key),
    processId: process,
    caseKey: String(key),
    caseNo: `XF-2026-${String(key).padStart(5, '0')}`,
    state,
    publicState: null,
    drill,
    startAt: at(started),
    endAt: ended === undefined ? null : at(ended),
    revision: 1,
    variables,
  };
  return {
    ...instance,
    related: [
      ...redos.map((own) => ({ ...instance, processId: 'xf_redo', variables: own })),
      ...reviews.map((begun) => ({ ...instance, processId: 'xf_review', variables: {}, startAt: at(begun) })),
    ],
    naming: repeats.map((own) => ({ ...instance, processId: 'xf_main', variables: own })),
    steps: Object.entries(steps).map(([elementId, [begun, done]]) => ({
      elementId,
      startedAt: at(begun),
      endedAt: done === undefined ? null : at(done),
      count: done === undefined ? 0 : 1,
      dueAt: null,
    })),
  };
}
