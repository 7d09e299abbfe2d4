import { Inject, Injectable } from '@nestjs/common';
import { isDerived, type AccessLedgerDeclaration, type LedgerColumn, type LedgerDeclaration } from '#configuration';
import type { LedgerPage, LedgerPlace, LedgerScope } from '#persistence';
import type { Runtime } from '#runtime';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { notFound, Refusal } from '../problems/refusal.js';
import { RUNTIME } from '../tokens.js';
import { BY_INSTANCE } from './follow-instance.js';
import { type FilterWish, ledgerFilters } from './ledger-filters.js';
import { LedgerFollowing } from './ledger-following.service.js';
import { LedgerRows } from './ledger-rows.service.js';
import { columnsFor, exportingRole, sightOf } from './reader-scope.js';
import { shownCells, type ShownCell } from './shown-cells.js';

export interface RowsWish {
  readonly filters: readonly FilterWish[];
  /** Column; absent: the ledger's own order. */
  readonly sort?: string;
  readonly descending?: boolean;
  readonly cursor?: string;
  readonly limit?: number;
}

/** A ledger as one reader sees it. */
export interface ReadableLedger {
  readonly declaration: LedgerDeclaration | AccessLedgerDeclaration;
  readonly columns: readonly LedgerColumn[];
  readonly scope: Omit<LedgerScope, 'filters'>;
}

const PAGE = 50;
/** What a ledger of accesses is made of, in place of a process. */
const RECORD = '查看记录';
const MOST_COUNTED = 10_001;

/** A row of which nothing but a cell matters. */
const NO_ROW = { sortText: '', rowKey: '', processInstanceKey: '', drill: false, endedAt: null };

/** Ledgers and their rows, for those whom the declaration names as readers. */
@Injectable()
export class LedgersService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly visibility: InstanceVisibility,
    private readonly following: LedgerFollowing,
    readonly queries: LedgerRows,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async list(account: SignedIn) {
    const { readModel, processes } = this.configuration.current;
    const readable = this.declarations().filter(({ readers }) => sightOf(readers, account) !== undefined);
    return {
      items: readable.map((declaration) => ({
        id: declaration.id,
        title: declaration.title,
        titleEn: declaration.titleEn ?? null,
        description: declaration.description ?? null,
        processName:
          'source' in declaration
            ? RECORD
            : (processes.find((one) => one.id === declaration.process)?.definition.name ?? declaration.process),
      })),
      hasIndicators: readModel.indicators.some(
        ({ declaration }) => sightOf(declaration.readers, account) !== undefined,
      ),
      faults: account.permissions.has('operate') ? await this.following.ledgers.faults(20) : [],
    };
  }

  /** Columns, choices of filters, and the order; without rows. */
  async describe(ledgerId: string, account: SignedIn) {
    const { declaration, columns } = await this.readable(ledgerId, account);
    const { id, title, titleEn, description } = declaration;
    return {
      id,
      title,
      titleEn: titleEn ?? null,
      description: description ?? null,
      mayExport: exportingRole(declaration, account) !== undefined,
      order: this.orderOf(declaration, columns, {}),
      columns: columns.map((column) => ({
        id: column.id,
        title: column.title,
        titleEn: column.titleEn ?? null,
        type: column.type,
        sort: column.sort ?? false,
        filter: column.filter ?? false,
        frozen: column.frozen ?? false,
        hidden: column.hidden ?? false,
        choices: this.choicesOf(column),
      })),
    };
  }

  async rows(ledgerId: string, wish: RowsWish, account: SignedIn) {
    const ledger = await this.readable(ledgerId, account);
    const request = this.pageOf(ledger, wish);
    const rows = await this.queries.page(request);
    const total = await this.queries.count(request, MOST_COUNTED);
    const last = rows.at(-1);
    return {
      items: rows.map((row) => ({
        rowKey: row.rowKey,
        processInstanceKey: row.processInstanceKey === '' ? null : row.processInstanceKey,
        drill: row.drill,
        cells: Object.fromEntries(this.shown(row, ledger.columns)),
      })),
      nextCursor: rows.length === request.limit && last ? cursorOf(last) : null,
      total: Math.min(total, MOST_COUNTED - 1),
      isMore: total === MOST_COUNTED,
      pending: await this.following.ledgers.pending(),
    };
  }

  /** @throws Refusal `notFound` where the ledger does not exist for the reader. */
  async readable(ledgerId: string, account: SignedIn): Promise<ReadableLedger> {
    const declaration = this.declarations().find(({ id }) => id === ledgerId);
    const sight = declaration && sightOf(declaration.readers, account);
    if (!declaration || !sight) throw notFound(`ledger ${ledgerId}`);
    const ownUnits = sight === 'all' ? [] : sight.ownUnits.map((columnId) => ({ columnId, unit: account.unit ?? '' }));
    const hiddenCases = [...(await this.visibility.hiddenCases(account))];
    return { declaration, columns: columnsFor(declaration, account), scope: { ledgerId, hiddenCases, ownUnits } };
  }

  pageOf({ declaration, columns, scope }: ReadableLedger, wish: RowsWish): LedgerPage {
    const { timeZone } = this.runtime.evaluationContext();
    const { column, descending } = this.orderOf(declaration, columns, wish);
    return {
      ...scope,
      filters: ledgerFilters(wish.filters, columns, timeZone),
      order: { columnId: column, isDescending: descending },
      limit: Math.min(wish.limit ?? PAGE, 200),
      ...(wish.cursor === undefined || wish.cursor === '' ? {} : { after: placeOf(wish.cursor) }),
    };
  }

  /** Cells by column id. */
  shown(
    row: Parameters<typeof shownCells>[0],
    columns: readonly LedgerColumn[],
  ): readonly (readonly [string, ShownCell])[] {
    const cells = shownCells(row, columns, { labels: this.configuration.current, now: this.runtime.now() });
    return columns.map(({ id }, index) => [id, cells[index] ?? null] as const);
  }

  /** One value of a column as its cells show it. */
  label(column: LedgerColumn, value: unknown): ShownCell {
    const row = { ...NO_ROW, cells: { [column.id]: value } };
    return this.shown(row, [column])[0]?.[1] ?? null;
  }

  /** In the order of their ids, whatever their rows are of. */
  private declarations(): readonly (LedgerDeclaration | AccessLedgerDeclaration)[] {
    const { ledgers, accessLedgers } = this.configuration.current.readModel;
    const all = [...ledgers, ...accessLedgers].map(({ declaration }) => declaration);
    return accessLedgers.length === 0 ? all : all.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  private orderOf(
    { order }: Pick<LedgerDeclaration, 'order'>,
    columns: readonly LedgerColumn[],
    { sort, descending }: Pick<RowsWish, 'sort' | 'descending'>,
  ) {
    const isSortable = (id: string) => columns.some((column) => column.id === id && column.sort === true);
    if (sort !== undefined && sort !== '' && sort !== BY_INSTANCE) {
      if (isSortable(sort)) return { column: sort, descending: descending ?? false };
      throw new Refusal('invalidArgument', `Expected a column that can be sorted but found "${sort}".`);
    }
    if (order && isSortable(order.column)) return { column: order.column, descending: order.descending ?? false };
    return { column: BY_INSTANCE, descending: true };
  }

  private choicesOf(column: LedgerColumn) {
    if (column.filter !== true || isDerived(column)) return null;
    const { dictionaries, organization, portal } = this.configuration.current;
    if (column.type === 'dictionary')
      return (dictionaries[column.dictionary ?? ''] ?? []).map(({ value, label }) => ({ value, label }));
    if (column.type === 'unit') return organization.units.map(({ id, name }) => ({ value: id, label: name }));
    if (column.type !== 'state') return null;
    return Object.entries(portal?.tracking?.states ?? {}).map(([value, { label }]) => ({ value, label }));
  }
}

/** The place of a row, as one text that a client gives back as it is. */
function cursorOf({ sortText, rowKey }: LedgerPlace): string {
  return Buffer.from(JSON.stringify([sortText, rowKey])).toString('base64url');
}

function placeOf(cursor: string): LedgerPlace {
  try {
    const [sortText, rowKey] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof sortText === 'string' && typeof rowKey === 'string') return { sortText, rowKey };
  } catch {
    // Said below.
  }
  throw new Refusal('invalidArgument', 'Expected the cursor of an earlier page.');
}
