import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { type ConflictQueries, createConflictQueries, type Database, type Queries } from '#persistence';
import type { ActivatedJob, InstanceRecord, JobResult, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { GuardedJobs } from './guarded-jobs.service.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { DATABASE, QUERIES, RUNTIME, VAULT } from '../tokens.js';
import { failure } from './job-failure.js';

const MAX_CASES = 200;
const NONE = { sameCaseNo: null, sameState: null, sameValues: null };

interface Sought {
  readonly own: InstanceRecord | undefined;
  /** Public states of cases that are passed over. */
  readonly without: readonly string[];
  readonly alike: Readonly<Record<string, unknown>>;
}

const namesIn = (list = ''): readonly string[] => list.split(',').flatMap((name) => name.trim() || []);

/**
 * The job type `ct.same-matter`: asks whether a matter comes again, of the sealed store and of the numbers and tracking
 * codes that forms give. The latter is all that an anonymous case has, and counts as much.
 */
@Injectable()
export class SameMatterJobs implements OnModuleInit {
  private readonly conflicts: ConflictQueries;

  constructor(
    private readonly exclusive: ExclusiveCasesService,
    private readonly guarded: GuardedJobs,
    @Inject(DATABASE) database: Database,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
  ) {
    this.conflicts = createConflictQueries(database);
  }

  onModuleInit(): void {
    this.guarded.register('ct.same-matter', (job) => this.compare(job));
  }

  /**
   * Header `match`: a predicate of forms; input `alike`: open values that the other case has too; optional header
   * `tells`: names of open variables, separated by commas; optional header `without`: public states passed over. Output
   * `sameClaimant` (`unknown` where this case holds no value of the predicate and names no case), and of the newest such
   * case number, public state and, as `sameValues`, those variables. A case that is named need not be alike, and goes
   * before one that is merely alike.
   */
  private async compare(job: ActivatedJob): Promise<JobResult> {
    const { alike } = job.variables;
    if (typeof alike !== 'object' || alike === null || Array.isArray(alike))
      return failure('Expected the input "alike" to be a context of open values.');
    const { caseKey } = job;
    if (caseKey === null) return { variables: { sameClaimant: 'unknown', ...NONE } };
    const named = await this.vault.openTo(caseKey, await this.conflicts.casesOfMatter(caseKey));
    const like = await this.vault.casesLike(caseKey, job.headers['match'] ?? '');
    if (named.length === 0 && like === undefined) return { variables: { sameClaimant: 'unknown', ...NONE } };
    const own = await this.queries.instance(job.processInstanceKey);
    const sought = { own, without: namesIn(job.headers['without']) };
    const found =
      (await this.newest(named, { ...sought, alike: {} })) ??
      (await this.newest(like ?? [], { ...sought, alike: alike as Readonly<Record<string, unknown>> }));
    if (!found) return { variables: { sameClaimant: 'no', ...NONE } };
    const { caseNo: sameCaseNo, publicState: sameState } = found;
    const sameValues = await this.told(found, job.headers['tells']);
    return { variables: { sameClaimant: 'yes', sameCaseNo, sameState, sameValues } };
  }

  /** Of the cases that are in nobody's exclusive hands and began with the same process, the newest that is sought. */
  private async newest(cases: readonly string[], { own, without, alike }: Sought): Promise<InstanceRecord | undefined> {
    const hidden = await this.exclusive.hiddenFrom({ roles: [] });
    const seen = cases.filter((caseKey) => !hidden.has(caseKey)).slice(-MAX_CASES);
    const ownFirst = own && own.caseKey !== null ? (await this.queries.instancesOfCase(own.caseKey))[0] : own;
    for (const caseKey of seen.toReversed()) {
      const [first] = await this.queries.instancesOfCase(caseKey);
      if (first?.bpmnProcessId !== ownFirst?.bpmnProcessId || without.includes(first?.publicState ?? '')) continue;
      if (first && (await this.isAlike(first, alike))) return first;
    }
    return undefined;
  }

  private async told({ key }: InstanceRecord, tells = ''): Promise<Readonly<Record<string, unknown>>> {
    const variables = await this.queries.variablesOf(key);
    return Object.fromEntries(namesIn(tells).map((name) => [name, variables[name] ?? null]));
  }

  private async isAlike({ key }: InstanceRecord, alike: Readonly<Record<string, unknown>>): Promise<boolean> {
    const variables = await this.queries.variablesOf(key);
    return Object.entries(alike).every(([name, value]) => isDeepStrictEqual(variables[name] ?? null, value ?? null));
  }
}
