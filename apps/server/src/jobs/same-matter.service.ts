import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { type ConflictQueries, createConflictQueries, type Database, type Queries } from '#persistence';
import type { ActivatedJob, InstanceRecord, JobResult, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { GuardedJobs } from './guarded-jobs.service.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { latestValues } from '../cases/latest-values.js';
import { DATABASE, QUERIES, RUNTIME, VAULT } from '../tokens.js';
import { failure } from './job-failure.js';
import { isContext, LikeTextsService, namesIn } from './like-texts.service.js';

const MAX_CASES = 200;
const NONE = { sameBy: null, sameCaseNo: null, sameState: null, sameValues: null };

interface Sought {
  /** The instance that opened the case that asks. */
  readonly own: InstanceRecord | undefined;
  /** Public states of cases that are passed over. */
  readonly without: readonly string[];
  readonly alike: Readonly<Record<string, unknown>>;
}

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
    private readonly likeTexts: LikeTextsService,
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
   * case that began before this one (so that no two are led to each other) case number, public state and, as
   * `sameValues`, those variables; `sameBy`: `named` or `match`. A case that is named need not be alike, and goes before
   * one that is merely alike. Where neither finds a case, one with like texts may be suggested (`LikeTextsService`;
   * `sameBy`: `texts`): whose it is nobody knows, so `sameClaimant` is `unknown` then, whatever this case holds.
   */
  private async compare(job: ActivatedJob): Promise<JobResult> {
    const { alike } = job.variables;
    if (!isContext(alike)) return failure('Expected the input "alike" to be a context of open values.');
    const fault = this.likeTexts.faultOf(job);
    if (fault !== undefined) return failure(fault);
    const { caseKey } = job;
    if (caseKey === null) return { variables: { sameClaimant: 'unknown', ...NONE } };
    const named = await this.vault.openTo(caseKey, await this.conflicts.casesOfMatter(caseKey));
    const like = await this.vault.casesLike(caseKey, job.headers['match'] ?? '');
    const own = await this.firstOf(await this.queries.instance(job.processInstanceKey));
    const sought = { own, without: namesIn(job.headers['without']) };
    const byName = await this.newest(named, { ...sought, alike: {} });
    if (byName) return this.answer(job, byName, { sameClaimant: 'yes', sameBy: 'named' });
    const byMatch = await this.newest(like ?? [], { ...sought, alike });
    if (byMatch) return this.answer(job, byMatch, { sameClaimant: 'yes', sameBy: 'match' });
    const byTexts = own && (await this.likeTexts.find(job, { ...sought, own, caseKey, alike }));
    if (byTexts) return this.answer(job, byTexts, { sameClaimant: 'unknown', sameBy: 'texts' });
    return { variables: { sameClaimant: named.length === 0 && like === undefined ? 'unknown' : 'no', ...NONE } };
  }

  private async answer(
    job: ActivatedJob,
    found: InstanceRecord,
    how: { readonly sameClaimant: string; readonly sameBy: string },
  ): Promise<JobResult> {
    const { caseNo: sameCaseNo, publicState: sameState } = found;
    const sameValues = await this.told(found, job.headers['tells']);
    return { variables: { ...how, sameCaseNo, sameState, sameValues } };
  }

  /** The instance that opened the case of this one. */
  private async firstOf(instance: InstanceRecord | undefined): Promise<InstanceRecord | undefined> {
    if (!instance || instance.caseKey === null) return instance;
    return (await this.queries.instancesOfCase(instance.caseKey))[0];
  }

  /** Of earlier cases that are in nobody's exclusive hands and began with the same process, the newest that is sought. */
  private async newest(cases: readonly string[], { own, without, alike }: Sought): Promise<InstanceRecord | undefined> {
    if (cases.length === 0 || own === undefined) return undefined;
    const hidden = await this.exclusive.hiddenFrom({ roles: [] });
    const seen = cases.filter((caseKey) => !hidden.has(caseKey)).slice(-MAX_CASES);
    for (const caseKey of seen.toReversed()) {
      const [first] = await this.queries.instancesOfCase(caseKey);
      if (first?.bpmnProcessId !== own.bpmnProcessId || !beganBefore(first, own)) continue;
      if (!without.includes(first.publicState ?? '') && (await this.isAlike(first, alike))) return first;
    }
    return undefined;
  }

  private async told({ caseKey }: InstanceRecord, tells = ''): Promise<Readonly<Record<string, unknown>>> {
    const instances = caseKey === null ? [] : await this.queries.instancesOfCase(caseKey);
    const values = await latestValues(this.queries, instances, namesIn(tells));
    return Object.fromEntries(namesIn(tells).map((name) => [name, values[name] ?? null]));
  }

  private async isAlike({ key }: InstanceRecord, alike: Readonly<Record<string, unknown>>): Promise<boolean> {
    const variables = await this.queries.variablesOf(key);
    return Object.entries(alike).every(([name, value]) => isDeepStrictEqual(variables[name] ?? null, value ?? null));
  }
}

/** Keys of several nodes do not follow one another; of one moment they only have to decide. */
const beganBefore = (one: InstanceRecord, other: InstanceRecord): boolean =>
  one.startAt < other.startAt || (one.startAt === other.startAt && BigInt(one.key) < BigInt(other.key));
