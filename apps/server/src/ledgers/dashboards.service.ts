import { Injectable } from '@nestjs/common';
import type { Dashboard, DashboardSection } from '#configuration';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { sightOf } from './reader-scope.js';

/** Pages of figures, each with what the account may see of it; one of which it sees nothing is not there. */
@Injectable()
export class DashboardsService {
  constructor(private readonly configuration: ConfigurationHolder) {}

  list(account: SignedIn) {
    const { dashboards, readModel } = this.configuration.current;
    const readable = (entries: typeof readModel.indicators | typeof readModel.ledgers): ReadonlySet<string> =>
      new Set(
        entries.flatMap(({ declaration: { id, readers } }) => (sightOf(readers, account) === undefined ? [] : [id])),
      );
    const [indicators, ledgers] = [readable(readModel.indicators), readable(readModel.ledgers)];
    const items = dashboards.map(({ sections, ...dashboard }) => ({
      ...headOf(dashboard),
      description: dashboard.description ?? null,
      sections: sections
        .map((section) => seen(section, indicators, ledgers))
        .filter((section) => section.indicators.length + section.counts.length > 0),
    }));
    return { items: items.filter(({ sections }) => sections.length > 0) };
  }
}

const headOf = ({ id, title, titleEn }: Omit<Dashboard, 'sections'>) => ({ id, title, titleEn: titleEn ?? null });

const seen = (
  { title, titleEn, indicators = [], counts = [] }: DashboardSection,
  readableIndicators: ReadonlySet<string>,
  readableLedgers: ReadonlySet<string>,
) => ({
  title,
  titleEn: titleEn ?? null,
  indicators: indicators.filter((id) => readableIndicators.has(id)),
  counts: counts
    .filter(({ ledger }) => readableLedgers.has(ledger))
    .map((count) => ({ ...count, titleEn: count.titleEn ?? null, filters: count.filters ?? [] })),
});
