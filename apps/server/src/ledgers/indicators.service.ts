import { Inject, Injectable } from '@nestjs/common';
import type { IndicatorDeclaration, IndicatorEntry, PeriodLength } from '#configuration';
import { createLedgerQueries } from '#persistence';
import type { Database, IndicatorScope, LedgerQueries, Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { notFound, Refusal } from '../problems/refusal.js';
import { DATABASE, QUERIES, RUNTIME } from '../tokens.js';
import { figureOf } from './indicator-figures.js';
import { periodsUpTo, type Period } from './periods.js';
import { sightOf } from './reader-scope.js';
import { targetOf } from './indicator-target.js';

const COUNTS: Readonly<Record<PeriodLength, number>> = { month: 12, quarter: 8, year: 5 };
const MOST_CASES = 100;
/** Looked through for cases that the reader may open. */
const MOST_LOOKED_AT = 300;
const PERCENTILE = 0.9;

interface Read {
  readonly declaration: IndicatorDeclaration;
  readonly scope: IndicatorScope;
}

/** Figures of indicators by period, for those whom the declaration names as readers; nothing about persons. */
@Injectable()
export class IndicatorsService {
  private readonly ledgers: LedgerQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly visibility: InstanceVisibility,
    private readonly access: CaseAccessService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.ledgers = createLedgerQueries(database);
  }

  /** Every indicator over the last periods; one that is not kept in that length in its first own. */
  async list(wanted: PeriodLength, account: SignedIn) {
    const hidden = [...(await this.visibility.hiddenCases(account))];
    const entries = this.configuration.current.readModel.indicators;
    const read = entries.flatMap((entry) => this.readBy(entry, account, hidden) ?? []);
    const items = [];
    for (const one of read) items.push(await this.figures(one, lengthOf(one.declaration, wanted)));
    return { at: isoTime(this.runtime.now()), items };
  }

  /** Cases that were counted in a period, of those that the reader may open anyway. */
  async cases(id: string, wish: { readonly length: PeriodLength; readonly period: string }, account: SignedIn) {
    const hidden = [...(await this.visibility.hiddenCases(account))];
    const entry = this.configuration.current.readModel.indicators.find(({ declaration }) => declaration.id === id);
    const read = entry && this.readBy(entry, account, hidden);
    if (!read) throw notFound(`indicator ${id}`);
    if (read.declaration.small === 'hide')
      throw new Refusal('forbidden', `Expected an indicator that leads to cases but ${id} hides small numbers.`, {
        zh: '该指标隐去小数，不能查看单件。',
      });
    const periods = this.periodsOf(lengthOf(read.declaration, wish.length));
    const period = periods.find((one) => one.id === wish.period);
    if (!period) throw new Refusal('invalidArgument', `Expected one of the periods shown but found ${wish.period}.`);
    const within = { from: period.from, below: Math.min(period.below, this.runtime.now() + 1) };
    const counted = await this.ledgers.counted(read.scope, within, MOST_LOOKED_AT);
    const items = [];
    for (const { processInstanceKey, isNumerator, periodAt } of counted) {
      if (items.length === MOST_CASES) break;
      if (!(await this.mayOpen(processInstanceKey, account))) continue;
      const instance = await this.queries.instance(processInstanceKey);
      if (!instance) continue;
      const { caseNo, title } = instance;
      items.push({ processInstanceKey, caseNo, title, isNumerator, at: isoTime(periodAt) });
    }
    return { items };
  }

  private async figures({ declaration, scope }: Read, length: PeriodLength) {
    const periods = this.periodsOf(length);
    const now = this.runtime.now();
    // What is due later is neither kept nor missed yet.
    const bounds = [...periods.map(({ from }) => from), Math.min(periods.at(-1)?.below ?? now, now + 1)];
    const sums = await this.ledgers.sums(scope, bounds);
    const least = this.leastOf(declaration);
    const figures = [];
    for (const [place, { id, from, below }] of periods.entries()) {
      const figure = figureOf(
        declaration,
        sums.filter(({ period }) => period === place),
        least,
      );
      const isMean = declaration.kind === 'mean' && figure.mean !== null && figure.denominator !== null;
      const within = { from, below: Math.min(below, now + 1) };
      const p90 = isMean
        ? await this.ledgers.quantile(scope, within, { share: PERCENTILE, count: figure.denominator ?? 0 })
        : undefined;
      figures.push({ id, from: isoTime(from), below: isoTime(below), ...figure, p90: p90 ?? null });
    }
    const { id, title, titleEn, description, kind, measure, use, small, compare } = declaration;
    return {
      id,
      title,
      titleEn: titleEn ?? null,
      description: description ?? null,
      kind,
      measure: measure ?? null,
      use: use ?? null,
      length,
      lengths: declaration.lengths,
      least,
      leadsToCases: small !== 'hide',
      alert: compare?.alert ?? null,
      target: targetOf(declaration, this.configuration.current.parameters),
      isOwnUnit: scope.unit !== undefined,
      periods: figures,
    };
  }

  private periodsOf(length: PeriodLength): readonly Period[] {
    const { now, timeZone } = this.runtime.evaluationContext();
    return periodsUpTo(now, length, COUNTS[length], timeZone);
  }

  /** A number from the configuration in force; the check makes sure that it is one. */
  private leastOf({ suppress }: IndicatorDeclaration): number {
    const value = this.configuration.current.parameters[suppress]?.value;
    return typeof value === 'number' ? value : Number.POSITIVE_INFINITY;
  }

  private readBy({ declaration }: IndicatorEntry, account: SignedIn, hiddenCases: readonly string[]): Read | undefined {
    const sight = sightOf(declaration.readers, account);
    if (!sight) return undefined;
    const scope = { indicatorId: declaration.id, hiddenCases };
    return { declaration, scope: sight === 'all' ? scope : { ...scope, unit: account.unit ?? '' } };
  }

  private async mayOpen(processInstanceKey: string, account: SignedIn): Promise<boolean> {
    try {
      await this.access.requireVisible(processInstanceKey, account);
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'notFound') return false;
      throw error;
    }
  }
}

const lengthOf = ({ lengths }: IndicatorDeclaration, wanted: PeriodLength): PeriodLength =>
  lengths.includes(wanted) ? wanted : (lengths[0] ?? 'month');
