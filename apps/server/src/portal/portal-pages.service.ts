import { Inject, Injectable } from '@nestjs/common';
import { isDerived, type LedgerColumn, type LedgerDeclaration, type PortalPage, sortText } from '#configuration';
import type { LedgerFilter } from '#persistence';
import type { Runtime } from '#runtime';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { dayBegins, isoTime } from '../iso-time.js';
import { BY_INSTANCE } from '../ledgers/follow-instance.js';
import { LedgersService } from '../ledgers/ledgers.service.js';
import { found } from '../problems/refusal.js';
import { RUNTIME } from '../tokens.js';

const PORTAL = 'portal';
const MOST = 200;

/** Pages of the portal that show rows of a ledger to everybody. */
@Injectable()
export class PortalPagesService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly exclusive: ExclusiveCasesService,
    private readonly ledgers: LedgersService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** The latest or the coming 200 rows; drills and cases in the hands of exclusive roles are on no public page. */
  async page(id: string) {
    const { portal, readModel } = this.configuration.current;
    const page = found(
      portal?.pages?.find((one) => one.id === id),
      `page ${id}`,
    );
    const declaration = found(
      readModel.ledgers.find((one) => one.declaration.id === page.ledger)?.declaration,
      `ledger ${page.ledger}`,
    );
    found(
      declaration.readers.find(({ roles, ownUnit }) => ownUnit === undefined && roles.includes(PORTAL)),
      `page ${id}`,
    );
    const columns = columnsOf(page, declaration.columns);
    const hiddenCases = [...(await this.exclusive.hiddenFrom({ roles: [PORTAL] }))];
    const scope = {
      ledgerId: declaration.id,
      hiddenCases,
      ownUnits: [],
      filters: this.filtersOf(page, declaration.columns),
    };
    const rows = await this.ledgers.queries.page({ ...scope, order: orderOf(page, declaration), limit: MOST });
    const { title, description, layout } = page;
    return {
      id,
      title,
      titleEn: page.titleEn ?? null,
      description: description ?? null,
      layout: layout ?? 'table',
      columns: columns.map((one) => ({ id: one.id, title: one.title, titleEn: one.titleEn ?? null, type: one.type })),
      items: rows
        .filter(({ drill }) => !drill)
        .map((row) => ({ key: row.rowKey, cells: Object.fromEntries(this.ledgers.shown(row, columns)) })),
    };
  }

  private filtersOf({ upcoming }: PortalPage, columns: readonly LedgerColumn[]): readonly LedgerFilter[] {
    const column = columns.find(({ id }) => id === upcoming);
    if (!column) return [];
    const today = isoTime(this.runtime.now()).slice(0, 10);
    return [{ columnId: column.id, from: sortText(column.type === 'date' ? today : dayBegins(today)) }];
  }
}

function orderOf({ upcoming }: PortalPage, { order }: LedgerDeclaration): { columnId: string; isDescending: boolean } {
  if (upcoming !== undefined) return { columnId: upcoming, isDescending: false };
  const { column, descending } = order ?? { column: BY_INSTANCE, descending: true };
  return { columnId: column, isDescending: descending ?? false };
}

function columnsOf(page: PortalPage, columns: Parameters<LedgersService['shown']>[1]) {
  const open = columns.filter(
    (column) => !isDerived(column) && column.type !== 'sealed' && (column.roles?.includes(PORTAL) ?? true),
  );
  return page.columns === undefined
    ? open
    : page.columns.flatMap((id) => open.find((column) => column.id === id) ?? []);
}
