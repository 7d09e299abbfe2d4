import { Inject, Injectable } from '@nestjs/common';
import { isDerived, type LedgerColumn, type LedgerDeclaration, type PortalPage, sortText } from '#configuration';
import type { LedgerFilter } from '#persistence';
import type { Runtime } from '#runtime';
import { FormContextService } from '../cases/form-context.service.js';
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
    private readonly forms: FormContextService,
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
    const open = openColumns(declaration.columns);
    const columns = named(page.columns, open);
    const hiddenCases = [...(await this.exclusive.hiddenFrom({ roles: [PORTAL] }))];
    const scope = {
      ledgerId: declaration.id,
      hiddenCases,
      ownUnits: [],
      filters: this.filtersOf(page, declaration.columns),
    };
    const rows = await this.ledgers.queries.page({ ...scope, order: orderOf(page, declaration), limit: MOST });
    const { title, description, layout } = page;
    const rowOf = (row: (typeof rows)[number], of: typeof open) => Object.fromEntries(this.ledgers.shown(row, of));
    return {
      id,
      title,
      titleEn: page.titleEn ?? null,
      description: description ?? null,
      layout: layout ?? 'table',
      columns: columns.map(heading),
      group: named(page.group ?? [], open).map(heading),
      entry: this.wayOf(page),
      items: rows
        .filter(({ drill }) => !drill)
        .map((row) => ({
          key: row.rowKey,
          cells: rowOf(row, [...columns, ...named(page.group ?? [], open)]),
          entry: this.openTo(page, rowOf(row, open)),
        })),
    };
  }

  /** The entry that rows lead to, and what stands in a row from where it is closed. */
  private wayOf({ entry }: PortalPage) {
    const found = this.configuration.current.portal?.entries.find(({ id }) => id === entry?.id);
    if (!found) return null;
    const { id, title, titleEn } = { ...found, ...entry };
    return { id, title, titleEn: titleEn ?? null, otherwise: entry?.otherwise ?? null };
  }

  /** What the entry's form holds when it is opened from this row; null where it is not open from here. */
  private openTo({ entry }: PortalPage, cells: Readonly<Record<string, unknown>>) {
    if (!entry || (entry.when !== undefined && !this.forms.holds(entry.when, cells))) return null;
    const values = Object.entries(entry.prefill ?? {}).map(([name, source]) => [
      name,
      this.forms.valueOf(source, cells),
    ]);
    return { prefill: Object.fromEntries(values.filter(([, value]) => typeof value === 'string')) as Texts };
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

type Columns = Parameters<LedgersService['shown']>[1];
type Texts = Readonly<Record<string, string>>;

const openColumns = (columns: Columns): Columns =>
  columns.filter(
    (column) => !isDerived(column) && column.type !== 'sealed' && (column.roles?.includes(PORTAL) ?? true),
  );

/** In their order; all where none are named. */
const named = (ids: readonly string[] | undefined, columns: Columns): Columns =>
  ids === undefined ? columns : ids.flatMap((id) => columns.find((column) => column.id === id) ?? []);

const heading = ({ id, title, titleEn, type }: LedgerColumn) => ({ id, title, titleEn: titleEn ?? null, type });
