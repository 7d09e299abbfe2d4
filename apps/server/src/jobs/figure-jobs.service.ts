import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { isDerived, type IndicatorDeclaration, type LedgerColumn, type LedgerDeclaration } from '#configuration';
import { createConflictQueries, createLedgerQueries } from '#persistence';
import type { ConflictQueries, Database, IndicatorSum, LedgerQueries } from '#persistence';
import type { ActivatedJob, JobResult, Runtime } from '#runtime';
import { EXCLUDES } from '#vault';
import { GuardedJobs } from './guarded-jobs.service.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { figureOf } from '../ledgers/indicator-figures.js';
import { BY_INSTANCE } from '../ledgers/follow-instance.js';
import { LedgerFollowing } from '../ledgers/ledger-following.service.js';
import { shownCells } from '../ledgers/shown-cells.js';
import { DATABASE, RUNTIME } from '../tokens.js';
import { countedIn, inOrderOf, momentOfRow, type Group } from './count-groups.js';
import { periodsUpTo } from '../ledgers/periods.js';
import { periodOf, type JobPeriod } from './job-period.js';
import { sentenceOf } from './figure-text.js';
import { failure } from './job-failure.js';
import { followsFromParts, isFew, isTotalSafe, withFew } from './small-counts.js';

const PAGE = 200;
const LEAST = 'suppressCell';

interface Grouping {
  readonly declaration: LedgerDeclaration;
  readonly columns: readonly LedgerColumn[];
  /** Ids of columns with numbers. */
  readonly sum: readonly string[];
  /** Id of the column with the date by which the period counts. */
  readonly on: string;
  readonly period: JobPeriod;
}

/**
 * What processes read of ledgers and indicators: sums alone, never a row. Cases in the hands of exclusive roles are in none
 * of them, and a number below the least is not given, because what a process knows may be printed and published; counts of
 * few are given beside, where a task asks for them, under a name of which the check keeps all that is public clear. They
 * count no case that excludes anybody: who is excluded may read them, too.
 */
@Injectable()
export class FigureJobs implements OnModuleInit {
  private readonly ledgers: LedgerQueries;
  private readonly conflicts: ConflictQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly exclusive: ExclusiveCasesService,
    private readonly following: LedgerFollowing,
    private readonly guarded: GuardedJobs,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.ledgers = createLedgerQueries(database);
    this.conflicts = createConflictQueries(database);
  }

  onModuleInit(): void {
    this.guarded.register('ct.figures', (job) => this.figures(job));
    this.guarded.register('ct.aggregate', (job) => this.aggregate(job));
  }

  /**
   * Headers `indicators`, `length`, `small`; input `at`; outputs `figures`, `alerts` (ids of differences that are to be
   * looked into), `period` and, with `small`, `internalFigures`.
   */
  private async figures(job: ActivatedJob): Promise<JobResult> {
    const period = this.period(job);
    if ('fault' in period) return failure(period.fault);
    await this.following.settled();
    const hiddenCases = await this.hidden();
    const unseen = [...hiddenCases, ...(await this.conflicts.casesThatExclude(EXCLUDES))];
    const bounds = this.bounds(job, period);
    const figures = [];
    const internalFigures = [];
    const alerts: string[] = [];
    for (const id of namesIn(job.headers['indicators'])) {
      const declaration = this.configuration.current.readModel.indicators.find(
        (one) => one.declaration.id === id,
      )?.declaration;
      if (!declaration) return failure(`Expected the header "indicators" to name indicators but found "${id}".`);
      const least = this.least(declaration.suppress);
      const sums = await this.ledgers.sums({ indicatorId: id, hiddenCases }, bounds);
      const outside = { ...declaration, small: 'hide' } as const;
      figures.push(followsFromParts(outside, sums, least) ? withheld(outside, least) : printed(outside, sums, least));
      const open = await this.ledgers.sums({ indicatorId: id, hiddenCases: unseen }, bounds);
      internalFigures.push(printed(declaration, isFew(open, least) ? open : sums, least));
      if (figureOf(outside, sums, least).isAlert) alerts.push(id);
    }
    const { small = 'hide' } = job.headers;
    const inside = small !== 'hide' && { internalFigures: this.givesFew(small) ? internalFigures : figures };
    return { variables: { figures, alerts, period: shownPeriod(period), ...inside } };
  }

  /**
   * Headers `ledger`, `by`, `on`, and `length` or `days`, `sum`, `least` (a parameter), `internal` (a variable), `small`; input `at`;
   * outputs `groups`, `total`, `period` and the groups with their counts of few as `internal` names them.
   */
  private async aggregate(job: ActivatedJob): Promise<JobResult> {
    const { ledger: ledgerId = '', on } = job.headers;
    const period = this.period(job);
    if ('fault' in period) return failure(period.fault);
    const declaration = this.configuration.current.readModel.ledgers.find(
      (one) => one.declaration.id === ledgerId,
    )?.declaration;
    if (!declaration) return failure(`Expected the header "ledger" to name a ledger but found "${ledgerId}".`);
    if (on === undefined)
      return failure('Expected the header "on" to name the column with the date that the period is counted by.');
    const by = namesIn(job.headers['by']).map((id) => declaration.columns.find((column) => column.id === id));
    if (by.length === 0 || by.some((column) => !column || isDerived(column) || column.type === 'sealed'))
      return failure(`Expected the header "by" to name open columns of ${ledgerId}.`);
    const sum = namesIn(job.headers['sum']);
    const numbers = declaration.columns.filter(({ type }) => type === 'number').map(({ id }) => id);
    if (sum.some((id) => !numbers.includes(id)))
      return failure(`Expected the header "sum" to name columns with numbers of ${ledgerId}.`);
    await this.following.settled();
    const columns = by.flatMap((column) => column ?? []);
    const hiddenCases = await this.hidden();
    const wish = { declaration, columns, sum, on, period };
    const groups = await this.groupsOf(wish, hiddenCases);
    const least = this.least(job.headers['least'] ?? LEAST);
    const counted = [...groups.values()].sort(inOrderOf(columns, this.configuration.current));
    const shown = counted.map((group) => ({
      ...group,
      count: group.count < least ? null : group.count,
      sums: group.count < least ? null : group.sums,
      text: group.count < least ? `少于 ${least} 件` : `${group.count} 件`,
    }));
    const few = counted.flatMap(({ count }) => (count < least ? [count] : []));
    const total = isTotalSafe(few, least) ? counted.reduce((sum, { count }) => sum + count, 0) : null;
    const { internal, small = 'counts' } = job.headers;
    const given = { groups: shown, total, period: shownPeriod(period) };
    if (internal === undefined) return { variables: given };
    if (!this.givesFew(small)) return { variables: { ...given, [internal]: shown } };
    const open = await this.groupsOf(wish, [...hiddenCases, ...(await this.conflicts.casesThatExclude(EXCLUDES))]);
    return {
      variables: {
        ...given,
        [internal]: withFew(groups, open, least).sort(inOrderOf(columns, this.configuration.current)),
      },
    };
  }

  private async groupsOf(
    { declaration, columns, sum, on, period }: Grouping,
    hiddenCases: readonly string[],
  ): Promise<ReadonlyMap<string, Group>> {
    const groups = new Map<string, Group>();
    await this.eachRow(declaration, hiddenCases, (row) => {
      const at = momentOfRow(row, on);
      if (row.drill || at === null || at < period.from || at >= period.below) return;
      const labels = shownCells(row, columns, { labels: this.configuration.current, now: this.runtime.now() });
      countedIn(groups, { by: columns, sum }, { row, labels });
    });
    return groups;
  }

  private async eachRow(
    { id }: LedgerDeclaration,
    hiddenCases: readonly string[],
    visit: (row: Awaited<ReturnType<LedgerQueries['page']>>[number]) => void,
  ): Promise<void> {
    const scope = { ledgerId: id, hiddenCases, ownUnits: [], filters: [] };
    for (let after: { sortText: string; rowKey: string } | undefined; ;) {
      const order = { columnId: BY_INSTANCE, isDescending: false };
      const rows = await this.ledgers.page({ ...scope, order, limit: PAGE, ...(after && { after }) });
      rows.forEach(visit);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = { sortText: last.sortText, rowKey: last.rowKey };
    }
  }

  private period(job: ActivatedJob): JobPeriod | { readonly fault: string } {
    const { timeZone, now } = this.runtime.evaluationContext();
    return periodOf(job, { now, timeZone });
  }

  /** A year is given in quarters, because these were published before. */
  private bounds({ headers }: ActivatedJob, { from, below }: JobPeriod): readonly number[] {
    if (headers['length'] !== 'year') return [from, below];
    const quarters = periodsUpTo(below, 'quarter', 5, this.runtime.evaluationContext().timeZone);
    return [...quarters.map((quarter) => quarter.from).filter((at) => at >= from && at < below), below];
  }

  /** What nobody without an exclusive role may count. */
  private async hidden(): Promise<readonly string[]> {
    return [...(await this.exclusive.hiddenFrom({ roles: [] }))];
  }

  /** Whether what stays inside gives counts of few: `small` says so, or the parameter that it names. */
  private givesFew(small: string): boolean {
    return (this.configuration.current.parameters[small]?.value ?? small) === 'counts';
  }

  private least(parameter: string): number {
    const value = this.configuration.current.parameters[parameter]?.value;
    return typeof value === 'number' ? value : Number.POSITIVE_INFINITY;
  }
}

function printed(declaration: IndicatorDeclaration, sums: readonly IndicatorSum[], least: number) {
  const figure = figureOf(declaration, sums, least);
  const { numerator, denominator, rate, mean } = figure;
  const { id, title, measure = null } = declaration;
  return { id, title, numerator, denominator, rate, mean, text: sentenceOf(figure, { measure, least }) };
}

const withheld = ({ id, title }: IndicatorDeclaration, least: number) => ({
  id,
  title,
  numerator: null,
  denominator: null,
  rate: null,
  mean: null,
  text: `有的季度少于 ${least} 件，合计也不给出`,
});

const namesIn = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/[\s,]+/).filter((name) => name !== '');

const shownPeriod = ({ id, from, below }: JobPeriod) => ({
  id,
  from: new Date(from).toISOString(),
  below: new Date(below).toISOString(),
});
