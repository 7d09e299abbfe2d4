import { PassThrough, type Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { LedgerColumn } from '#configuration';
import type { LedgerPage } from '#persistence';
import type { Runtime } from '#runtime';
import { insertInto } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { isoTime } from '../iso-time.js';
import { Refusal, replyOf } from '../problems/refusal.js';
import { LOG, RUNTIME } from '../tokens.js';
import { filterWords } from './filter-words.js';
import { LedgersService, type ReadableLedger, type RowsWish } from './ledgers.service.js';
import { exportingRole } from './reader-scope.js';
import { writeWorkbook, type ExportNote } from './workbook.js';

export interface ExportWish extends Pick<RowsWish, 'filters' | 'sort' | 'descending'> {
  readonly reason: string;
  /** Column ids in the order wanted; absent: all that the reader sees. */
  readonly columns?: readonly string[];
}

export interface LedgerExport {
  readonly fileName: string;
  readonly stream: Readable;
}

const MAX_EXPORT_ROWS = 50_000;
/** Exports of all accounts on one node at the same time. */
const MAX_AT_ONCE = 3;
const PAGE = 200;
const REASON = { min: 2, max: 200 };

/** Takes rows of a ledger out as a workbook: for roles that the declaration names, with a reason that is recorded first. */
@Injectable()
export class LedgerExportService {
  private readonly running = new Set<string>();

  constructor(
    private readonly ledgers: LedgersService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async export(ledgerId: string, wish: ExportWish, account: SignedIn): Promise<LedgerExport> {
    const ledger = await this.ledgers.readable(ledgerId, account);
    const role = exportingRole(ledger.declaration, account);
    if (role === undefined)
      throw new Refusal('forbidden', `Expected one of the roles that may export the ledger ${ledgerId}.`);
    const reason = reasonOf(wish.reason);
    const columns = chosenColumns(ledger, wish.columns);
    const page = { ...this.ledgers.pageOf(ledger, wish), limit: PAGE };
    const count = await this.countOf(page);
    this.takeTurn(account);
    try {
      await this.record(ledger, { account, role, reason, count });
    } catch (error) {
      this.running.delete(account.id);
      throw error;
    }
    const note = this.noteOf(ledger, { account, reason, count, wish });
    return {
      fileName: `${ledger.declaration.title}-${isoTime(this.runtime.now()).slice(0, 10)}.xlsx`,
      stream: this.stream(ledger, columns, page, note, account),
    };
  }

  private async countOf(page: LedgerPage): Promise<number> {
    const count = await this.ledgers.queries.count(page, MAX_EXPORT_ROWS + 1);
    if (count <= MAX_EXPORT_ROWS) return count;
    throw new Refusal('payloadTooLarge', `Expected at most ${MAX_EXPORT_ROWS} rows: narrow the filters.`, {
      zh: `一次最多导出 ${MAX_EXPORT_ROWS} 行，请缩小筛选范围。`,
    });
  }

  private takeTurn({ id }: SignedIn): void {
    if (this.running.has(id) || this.running.size >= MAX_AT_ONCE)
      throw new Refusal('tooManyRequests', 'Expected the export under way to end first.', {
        zh: '上一次导出还没有完成，请稍后再试。',
        retryAfterSeconds: 5,
      });
    this.running.add(id);
  }

  /** In the access log, before the first row is read for it. */
  private async record(
    { declaration: { id, title } }: ReadableLedger,
    { account, role, reason, count }: Recorded,
  ): Promise<void> {
    const row = {
      access_key: await this.runtime.nextKey(),
      at: this.runtime.now(),
      account: account.id,
      role,
      class: 'ledger',
      field: `${id} ${title} × ${count}`,
      case_key: '',
      sealed_key: '',
      process_instance_key: null,
      reason,
      purpose: 'export',
    };
    replyOf(await this.runtime.write(insertInto('access_log', [row])));
  }

  private noteOf(
    { declaration: { id, title }, columns }: ReadableLedger,
    { account, reason, count, wish }: Omit<Recorded, 'role'> & { readonly wish: ExportWish },
  ): ExportNote {
    return [
      ['台账', `${id} ${title}`],
      ['导出人', account.name],
      ['导出时间', isoTime(this.runtime.now()).slice(0, 16).replace('T', ' ')],
      ['理由', reason],
      ['行数', String(count)],
      ['筛选', filterWords(wish.filters, columns, (column, value) => this.ledgers.label(column, value))],
      ['提示', '本次导出已记入“查看记录”。受保护的内容只显示掩码。'],
    ];
  }

  private stream(
    ledger: ReadableLedger,
    columns: readonly LedgerColumn[],
    page: LedgerPage,
    note: ExportNote,
    account: SignedIn,
  ): Readable {
    const stream = new PassThrough();
    const { title } = ledger.declaration;
    const fail = (error: unknown) => {
      this.log.error({ err: error, ledger: ledger.declaration.id }, 'a ledger could not be exported');
      stream.destroy(error instanceof Error ? error : new Error(String(error)));
    };
    stream.on('error', () => undefined);
    // However it ends: a writer whose reader went away may wait for good.
    stream.once('close', () => this.running.delete(account.id));
    void writeWorkbook(stream, { title, columns, note, pages: this.pages(columns, page) }).catch(fail);
    return stream;
  }

  /** Page after page along the index, never more than the limit: rows may come while it runs. */
  private async *pages(columns: readonly LedgerColumn[], first: LedgerPage) {
    let page: LedgerPage | undefined = first;
    for (let left = MAX_EXPORT_ROWS; page !== undefined && left > 0; left -= PAGE) {
      const rows = await this.ledgers.queries.page(page);
      const last = rows.at(-1);
      yield rows.map((row) => ({
        cells: this.ledgers.shown(row, columns).map(([, cell]) => cell),
        drill: row.drill,
      }));
      page = rows.length === PAGE && last ? { ...page, after: last } : undefined;
    }
  }
}

interface Recorded {
  readonly account: SignedIn;
  readonly role: string;
  readonly reason: string;
  readonly count: number;
}

function reasonOf(text: string): string {
  const reason = text.trim();
  const length = [...reason].length;
  if (length >= REASON.min && length <= REASON.max) return reason;
  throw new Refusal('invalidArgument', `Expected a reason of ${REASON.min} to ${REASON.max} characters.`, {
    zh: `请写明导出理由（${REASON.min}—${REASON.max} 个字）。`,
  });
}

function chosenColumns({ columns }: ReadableLedger, ids: readonly string[] | undefined): readonly LedgerColumn[] {
  if (ids === undefined || ids.length === 0) return columns;
  const chosen = [...new Set(ids)].map((id) => columns.find((column) => column.id === id));
  if (chosen.every((column) => column !== undefined)) return chosen;
  throw new Refusal('invalidArgument', 'Expected columns of the ledger that you see.');
}
