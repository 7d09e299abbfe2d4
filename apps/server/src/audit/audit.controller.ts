import { Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { AuditEntry, AuditSeal, Database, WorkQueries } from '#persistence';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { NamesService } from '../cases/names.service.js';
import { isoTime } from '../iso-time.js';
import { EXPORTED } from '../ledgers/ledger-rows.service.js';
import type { Settings } from '../settings/settings.js';
import { DATABASE, SETTINGS, WORK_QUERIES } from '../tokens.js';
import { SealsService } from './seals.service.js';
import { verifyEverything, type WholeReport } from './verify-everything.js';

/** What an auditor may ask for alone. */
const SUBJECTS = [
  'access_log',
  'config_sets',
  'approvals',
  'accounts',
  'account_roles',
  'account_posts',
  'case_destructions',
  'case_keys',
  'legal_holds',
  'process_instances',
  'audit_seals',
] as const;

export class AuditEntriesQuery {
  @ApiPropertyOptional({ enum: SUBJECTS, description: 'Only entries about this' })
  @IsOptional()
  @IsIn(SUBJECTS)
  subject?: (typeof SUBJECTS)[number];

  @ApiPropertyOptional({ type: Number, description: 'Position of the last entry of the page before' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;
}

const PAGE = 100;
const SEALS = 400;
/** Columns that name the account which acted, the latest act first. */
const ACTORS: Readonly<Record<string, readonly string[]>> = {
  access_log: ['account'],
  config_sets: ['published_by'],
  approvals: ['decided_by', 'author'],
  accounts: ['changed_by'],
  account_roles: ['changed_by'],
  account_posts: ['changed_by'],
  case_destructions: ['decided_by', 'asked_by'],
  legal_holds: ['lifted_by', 'placed_by'],
};

/** Columns that hold an account; the chain keeps its id, people read its name. */
const ACCOUNT_COLUMNS = [
  'account',
  'author',
  'decided_by',
  'published_by',
  'approved_by',
  'asked_by',
  'placed_by',
  'lifted_by',
  'changed_by',
];

const shownSeal = ({ day, sealedAt, position, hash, instances, digest }: AuditSeal) => ({
  day,
  sealedAt: isoTime(sealedAt),
  position,
  hash,
  instances,
  digest,
});

/** The one chain over all that people with rights did, for those who watch over them. */
@ApiTags('audit')
@RequirePermission('audit')
@Controller('api/audit')
export class AuditController {
  /** One check at a time: all who ask meanwhile get its answer. */
  private checking: Promise<WholeReport> | undefined;

  constructor(
    private readonly seals: SealsService,
    private readonly names: NamesService,
    private readonly visibility: InstanceVisibility,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(WORK_QUERIES) private readonly work: WorkQueries,
  ) {}

  @Get('entries')
  @ApiOkResponse({ description: 'Entries of the audit log, newest first, 100 a page' })
  async entries(@Query() { subject, before }: AuditEntriesQuery, @CurrentAccount() account: SignedIn) {
    const rows = await this.seals.queries.entries({
      limit: PAGE,
      ...(subject !== undefined && { table: subject }),
      ...(before !== undefined && { before }),
    });
    const hidden = await this.hiddenOf(rows, account);
    const items = await Promise.all(rows.map((row) => this.shown(row, hidden.has(row))));
    return { items, nextCursor: rows.length === PAGE ? (rows.at(-1)?.position ?? null) : null };
  }

  @Get('seals')
  @ApiOkResponse({ description: 'When the heads of all chains were written outside the database, newest first' })
  async listSeals() {
    return { items: (await this.seals.queries.seals(SEALS)).map(shownSeal) };
  }

  @Post('seals')
  @ApiCreatedResponse({ description: 'The heads are written and signed now' })
  async seal() {
    return shownSeal(await this.seals.seal());
  }

  @Post('verification')
  @HttpCode(200)
  @ApiOkResponse({ description: 'Entries, rows, chains and seals are held against one another; faults by sentence' })
  verify() {
    const { auditDir, auditKnownKeys: knownKeys } = this.settings;
    this.checking ??= verifyEverything(this.database, auditDir, { knownKeys }).finally(
      () => (this.checking = undefined),
    );
    return this.checking;
  }

  /** The entries about cases that do not exist for the reader. */
  private async hiddenOf(rows: readonly AuditEntry[], account: SignedIn): Promise<ReadonlySet<AuditEntry>> {
    const hidden = await this.visibility.hiddenCases(account);
    const approvals = rows.flatMap(({ facts }) => facts?.['approval_key'] ?? []);
    const cases = await this.work.casesOfApprovals([...new Set(approvals)]);
    const caseOf = ({ facts }: AuditEntry): string | undefined =>
      facts?.['case_key'] ?? cases.get(facts?.['approval_key'] ?? '');
    return new Set(rows.filter((row) => hidden.has(caseOf(row) ?? '')));
  }

  /** Of a case that does not exist for the reader only the place in the chain is told. */
  private async shown({ position, at, type, facts: all, hash }: AuditEntry, isHidden: boolean) {
    const [subject = '', change] = type.split('.');
    const facts = isHidden ? null : all;
    const actor = ACTORS[subject]?.map((column) => facts?.[column] ?? undefined).find((id) => id !== undefined);
    return {
      position,
      at: isoTime(at),
      subject,
      change,
      actor: actor === undefined ? null : await this.names.account(actor),
      facts: subject === 'access_log' && facts ? this.inWords(facts) : facts,
      names: await this.namesIn(facts ?? {}),
      hash,
    };
  }

  /** The accounts among the facts, by what they are called today. */
  private async namesIn(facts: NonNullable<AuditEntry['facts']>): Promise<Record<string, string>> {
    const named = ACCOUNT_COLUMNS.filter((column) => facts[column]).map(async (column) => {
      const account = await this.names.account(facts[column]);
      return [column, account?.name ?? ''] as const;
    });
    return Object.fromEntries(await Promise.all(named));
  }

  /** Fields and classes as people call them; the chain holds their names. */
  private inWords(facts: NonNullable<AuditEntry['facts']>): NonNullable<AuditEntry['facts']> {
    const words: Readonly<Record<string, (name: string) => string>> = {
      class: (name) => (facts['purpose'] === 'export' ? EXPORTED : this.names.contentClass(name)),
      field: (name) => this.names.field(name),
    };
    const inWord = ([name, value]: [string, string | null]) =>
      [name, value && (words[name]?.(value) ?? value)] as const;
    return Object.fromEntries(Object.entries(facts).map(inWord));
  }
}
