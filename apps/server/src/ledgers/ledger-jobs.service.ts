import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { LedgerColumn, LedgerEntry } from '#configuration';
import { createConflictQueries } from '#persistence';
import type { ConflictQueries, Database, StoredLedgerRow } from '#persistence';
import type { ActivatedJob, JobResult, Runtime } from '#runtime';
import { EXCLUDES } from '#vault';
import { GuardedJobs } from '../jobs/guarded-jobs.service.js';
import { handsBeyond } from '../access/hidden-cases.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { failure } from '../jobs/job-failure.js';
import { Refusal } from '../problems/refusal.js';
import { DATABASE, RUNTIME } from '../tokens.js';
import { readFilters } from './ledger-filters.js';
import { LedgerFollowing } from './ledger-following.service.js';
import { LedgersService } from './ledgers.service.js';
import { plainCells } from './shown-cells.js';

/** Rows that one task may take; a process that needs more names narrower filters. */
const MOST = 200;

/** The job type `ct.ledger`: rows of a ledger for a process, as one role sees them (ADR 18, "Rows for a process"). */
@Injectable()
export class LedgerJobs implements OnModuleInit {
  private readonly conflicts: ConflictQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly following: LedgerFollowing,
    private readonly ledgers: LedgersService,
    private readonly guarded: GuardedJobs,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.conflicts = createConflictQueries(database);
  }

  onModuleInit(): void {
    this.guarded.register('ct.ledger', (job) => this.collect(job));
  }

  /** Headers `ledger` and `role`, input `filters`; outputs `rows` (by column id) and `isMore`. */
  private async collect(job: ActivatedJob): Promise<JobResult> {
    const { ledger: id = '', role = '' } = job.headers;
    const entry = this.configuration.current.readModel.ledgers.find(({ declaration }) => declaration.id === id);
    if (!entry) return failure(`Expected the header "ledger" to name a ledger but found "${id}".`);
    if (!entry.declaration.readers.some(({ roles, ownUnit }) => ownUnit === undefined && roles.includes(role)))
      return failure(`Expected the header "role" to name a reader of all rows of "${id}" but found "${role}".`);
    try {
      await this.following.settled();
      return { variables: await this.rowsFor(entry, role, job.variables['filters'] ?? []) };
    } catch (error) {
      if (error instanceof Refusal) return failure(error.message);
      throw error;
    }
  }

  private async rowsFor({ declaration }: LedgerEntry, role: string, filters: unknown) {
    const columns = declaration.columns.filter(
      ({ type, roles }) => type !== 'sealed' && (roles === undefined || roles.includes(role)),
    );
    const scope = { ledgerId: declaration.id, hiddenCases: await this.hiddenCases(role), ownUnits: [] };
    const wish = { filters: readFilters(JSON.stringify(filters)), limit: MOST };
    const rows = await this.ledgers.queries.page(this.ledgers.pageOf({ declaration, columns, scope }, wish));
    const counted = rows.filter(({ drill }) => !drill);
    return { rows: counted.map((row) => this.cellsOf(row, columns)), isMore: rows.length === MOST };
  }

  /** Whoever sees the process sees the rows: no case that excludes anybody, and none in the hands of another role. */
  private async hiddenCases(role: string): Promise<readonly string[]> {
    const hands = handsBeyond({ roles: [role] }, this.configuration.current);
    const [excluding, exclusive] = await Promise.all([
      this.conflicts.casesThatExclude(EXCLUDES),
      this.conflicts.casesInHandsOf(hands),
    ]);
    return [...new Set([...excluding, ...exclusive])];
  }

  /** An empty cell is left out, so that rows fit a form whose fields may be empty. */
  private cellsOf(row: StoredLedgerRow, columns: readonly LedgerColumn[]) {
    const cells = plainCells(row, columns, { labels: this.configuration.current, now: this.runtime.now() });
    const entries = columns.map(({ id }, index) => [id, cells[index] ?? null] as const);
    return Object.fromEntries(entries.filter(([, cell]) => cell !== null));
  }
}
