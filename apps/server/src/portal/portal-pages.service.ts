import { Injectable } from '@nestjs/common';
import { isDerived, type PortalPage } from '#configuration';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { BY_INSTANCE } from '../ledgers/follow-instance.js';
import { LedgersService } from '../ledgers/ledgers.service.js';
import { found } from '../problems/refusal.js';

const PORTAL = 'portal';
const MOST = 200;

/** Pages of the portal that show rows of a ledger to everybody. */
@Injectable()
export class PortalPagesService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly exclusive: ExclusiveCasesService,
    private readonly ledgers: LedgersService,
  ) {}

  /** The latest 200 rows; drills and cases in the hands of exclusive roles are on no public page. */
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
    const scope = { ledgerId: declaration.id, hiddenCases, ownUnits: [], filters: [] };
    const { column, descending } = declaration.order ?? { column: BY_INSTANCE, descending: true };
    const order = { columnId: column, isDescending: descending ?? false };
    const rows = await this.ledgers.queries.page({ ...scope, order, limit: MOST });
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
}

function columnsOf(page: PortalPage, columns: Parameters<LedgersService['shown']>[1]) {
  const open = columns.filter(
    (column) => !isDerived(column) && column.type !== 'sealed' && (column.roles?.includes(PORTAL) ?? true),
  );
  return page.columns === undefined
    ? open
    : page.columns.flatMap((id) => open.find((column) => column.id === id) ?? []);
}
