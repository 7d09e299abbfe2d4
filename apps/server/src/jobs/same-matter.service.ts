import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Queries } from '#persistence';
import type { ActivatedJob, InstanceRecord, JobResult, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { GuardedJobs } from './guarded-jobs.service.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { QUERIES, RUNTIME, VAULT } from '../tokens.js';
import { failure } from './job-failure.js';

const MAX_CASES = 200;
const NONE = { sameCaseNo: null, sameState: null, sameValues: null };

/** The job type `ct.same-matter`: asks the sealed store whether somebody comes again with a matter that is alike. */
@Injectable()
export class SameMatterJobs implements OnModuleInit {
  constructor(
    private readonly exclusive: ExclusiveCasesService,
    private readonly guarded: GuardedJobs,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.guarded.register('ct.same-matter', (job) => this.compare(job));
  }

  /**
   * Header `match`: a predicate of forms; input `alike`: open values that the other case has too; optional header
   * `tells`: names of open variables, separated by commas. Output `sameClaimant` (`unknown` where this case holds no
   * value of the predicate), and of the newest such case number, public state and, as `sameValues`, those variables.
   */
  private async compare(job: ActivatedJob): Promise<JobResult> {
    const { alike } = job.variables;
    if (typeof alike !== 'object' || alike === null || Array.isArray(alike))
      return failure('Expected the input "alike" to be a context of open values.');
    const cases =
      job.caseKey === null ? undefined : await this.vault.casesLike(job.caseKey, job.headers['match'] ?? '');
    if (cases === undefined) return { variables: { sameClaimant: 'unknown', ...NONE } };
    const own = await this.queries.instance(job.processInstanceKey);
    const found = await this.newest(cases, { own, alike: alike as Readonly<Record<string, unknown>> });
    if (!found) return { variables: { sameClaimant: 'no', ...NONE } };
    const { caseNo: sameCaseNo, publicState: sameState } = found;
    const sameValues = await this.told(found, job.headers['tells']);
    return { variables: { sameClaimant: 'yes', sameCaseNo, sameState, sameValues } };
  }

  /** Of the cases that are in nobody's exclusive hands and began with the same process, the newest that is alike. */
  private async newest(
    cases: readonly string[],
    { own, alike }: { own: InstanceRecord | undefined; alike: Readonly<Record<string, unknown>> },
  ): Promise<InstanceRecord | undefined> {
    const hidden = await this.exclusive.hiddenFrom({ roles: [] });
    const seen = cases.filter((caseKey) => !hidden.has(caseKey)).slice(-MAX_CASES);
    const ownFirst = own && own.caseKey !== null ? (await this.queries.instancesOfCase(own.caseKey))[0] : own;
    for (const caseKey of seen.toReversed()) {
      const [first] = await this.queries.instancesOfCase(caseKey);
      if (first && first.bpmnProcessId === ownFirst?.bpmnProcessId && (await this.isAlike(first, alike))) return first;
    }
    return undefined;
  }

  private async told({ key }: InstanceRecord, tells = ''): Promise<Readonly<Record<string, unknown>>> {
    const variables = await this.queries.variablesOf(key);
    const names = tells.split(',').map((name) => name.trim());
    return Object.fromEntries(names.filter(Boolean).map((name) => [name, variables[name] ?? null]));
  }

  private async isAlike({ key }: InstanceRecord, alike: Readonly<Record<string, unknown>>): Promise<boolean> {
    const variables = await this.queries.variablesOf(key);
    return Object.entries(alike).every(([name, value]) => isDeepStrictEqual(variables[name] ?? null, value ?? null));
  }
}
