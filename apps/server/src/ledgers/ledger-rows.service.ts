import { Inject, Injectable } from '@nestjs/common';
import { accessFactOf, numberOf, type AccessFact, type AccessLedgerEntry } from '#configuration';
import { createAccessLedgerQueries, createLedgerQueries } from '#persistence';
import type {
  AccessFilter,
  AccessLedgerQueries,
  AccessRecord,
  Database,
  LedgerFilter,
  LedgerPage,
  LedgerQueries,
  LedgerScope,
  StoredLedgerRow,
} from '#persistence';
import { NamesService } from '../cases/names.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DATABASE } from '../tokens.js';

/** Rows of any ledger: those of instances from the read model, those of accesses from the record itself. */
@Injectable()
export class LedgerRows implements Pick<LedgerQueries, 'page' | 'count'> {
  private readonly ofInstances: LedgerQueries;
  private readonly ofAccesses: AccessLedgerQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly names: NamesService,
    @Inject(DATABASE) database: Database,
  ) {
    this.ofInstances = createLedgerQueries(database);
    this.ofAccesses = createAccessLedgerQueries(database);
  }

  async page(request: LedgerPage): Promise<readonly StoredLedgerRow[]> {
    const ledger = this.accessLedger(request);
    if (!ledger) return this.ofInstances.page(request);
    const { order, after, limit, hiddenCases } = request;
    const records = await this.ofAccesses.page({
      hiddenCases,
      filters: accessFilters(ledger, request.filters),
      isDescending: order.isDescending,
      limit,
      ...(after && { after: { at: Number(after.sortText), accessKey: after.rowKey } }),
    });
    return Promise.all(records.map((record) => this.rowOf(ledger, record)));
  }

  async count(scope: LedgerScope, most: number): Promise<number> {
    const ledger = this.accessLedger(scope);
    if (!ledger) return this.ofInstances.count(scope, most);
    const { hiddenCases, filters } = scope;
    return this.ofAccesses.count({ hiddenCases, filters: accessFilters(ledger, filters) }, most);
  }

  private accessLedger({ ledgerId }: Pick<LedgerScope, 'ledgerId'>): AccessLedgerEntry | undefined {
    const { accessLedgers } = this.configuration.current.readModel;
    return accessLedgers.find(({ declaration }) => declaration.id === ledgerId);
  }

  private async rowOf({ declaration }: AccessLedgerEntry, record: AccessRecord): Promise<StoredLedgerRow> {
    const facts = await this.factsOf(record);
    const cells = declaration.columns.map((column) => [column.id, facts[accessFactOf(column) ?? 'at']] as const);
    return {
      rowKey: record.accessKey,
      sortText: String(record.at),
      processInstanceKey: '',
      drill: false,
      endedAt: null,
      cells: Object.fromEntries(cells),
    };
  }

  private async factsOf(record: AccessRecord): Promise<Readonly<Record<AccessFact, string | number | null>>> {
    const { at, caseNo, reason, purpose } = record;
    return {
      at,
      account: (await this.names.account(record.account))?.name ?? record.account,
      role: this.names.role(record.role).name,
      class: purpose === 'export' ? EXPORTED : this.names.contentClass(record.class),
      field: this.names.field(record.field),
      caseNo,
      reason,
    };
  }
}

/** What the record says of a whole ledger, which has no class. */
export const EXPORTED = '台账导出';

/** Filters of a ledger as facts of accesses; the check lets no other column be filtered. */
function accessFilters({ declaration }: AccessLedgerEntry, filters: readonly LedgerFilter[]): readonly AccessFilter[] {
  return filters.flatMap(({ columnId, from, below, ...texts }) => {
    const column = declaration.columns.find(({ id }) => id === columnId);
    const fact = column && accessFactOf(column);
    if (fact !== 'at' && fact !== 'caseNo' && fact !== 'reason') return [];
    return [
      {
        fact,
        ...texts,
        ...(from === undefined ? {} : { from: numberOf(from) }),
        ...(below === undefined ? {} : { below: numberOf(below) }),
      },
    ];
  });
}
