import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import {
  createRetentionQueries,
  decideDestruction,
  forgetFiles,
  forgetTrackingCode,
  insertDestruction,
  type Database,
  type PastCase,
  type RetentionQueries,
} from '#persistence';
import type { ActivatedJob, JobResult, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { isoTime } from '../iso-time.js';
import { GuardedJobs } from './guarded-jobs.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DATABASE, RUNTIME, VAULT } from '../tokens.js';
import { failure } from './job-failure.js';
import { clearings, isClearing, RetentionClearing } from './retention-clearing.service.js';
import { beforeOf, namesIn, type Term, termOf } from './retention-term.js';

const BATCH = 200;
/** Of the list that a person looks through; the counts go over all. */
const MOST_LISTED = 1_000;

/**
 * Destroys the keys of cases whose time of keeping is over, or clears a part of what is kept of them. The rule is a
 * parameter, which two people have to agree on; a destruction stands among the destructions as asked by the parameter and
 * decided by the process. A legal hold stops it. The lists neither name nor count a case that belongs to roles other than the
 * one that reads them.
 */
@Injectable()
export class RetentionJob implements OnModuleInit {
  private readonly queries: RetentionQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly clearing: RetentionClearing,
    private readonly guarded: GuardedJobs,
    private readonly exclusive: ExclusiveCasesService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(DATABASE) database: Database,
  ) {
    this.queries = createRetentionQueries(database);
  }

  onModuleInit(): void {
    this.guarded.register('ct.retention', (job) => this.work(job));
  }

  /**
   * Headers `what` (absent: whole cases), `keepYears` or `keepDays` (a parameter), `processes`, `classes`, and the `role` that
   * reads the lists (absent: anybody).
   */
  private async work(job: ActivatedJob): Promise<JobResult> {
    const { what = 'cases' } = job.headers;
    const term = termOf(job.headers, this.configuration.current.parameters);
    if (typeof term === 'string') return failure(term);
    const before = beforeOf(this.runtime.now(), term);
    if (what === 'cases' && term.unit === 'years') return this.destroyPast(job, { ...term, before });
    if (what === 'due' && term.unit === 'years') return this.listDue(job, before);
    if (!isClearing(what))
      return failure(
        `Expected the header "what" to be one of cases and due (by years), ${clearings.join(', ')} but found "${what}".`,
      );
    const [processes, classes] = [namesIn(job.headers['processes']), namesIn(job.headers['classes'])];
    const { cleared, stopped } = await this.clearing.clear(what, { before, processes, classes });
    return { variables: { cleared, stopped: heldList(await this.named(job, stopped)) } };
  }

  /** Outputs `destroyed`, `held` and their counts. */
  private async destroyPast(
    job: ActivatedJob,
    { parameter, length: years, before }: Term & { readonly before: number },
  ): Promise<JobResult> {
    const by = { rule: `rule:${parameter}`, decider: `process:${job.processInstanceKey}`, years };
    const held: PastCase[] = [];
    for await (const one of this.casesPast(job, before))
      if (one.heldFor !== null || !(await this.destroy(one, by))) held.push(one);
    return { variables: await this.told(job, by.decider, held) };
  }

  /** Outputs `due`, `held` and their counts; destroys nothing. */
  private async listDue(job: ActivatedJob, before: number): Promise<JobResult> {
    const due: PastCase[] = [];
    const held: PastCase[] = [];
    for await (const one of this.casesPast(job, before)) (one.heldFor === null ? due : held).push(one);
    const listed = (await this.named(job, due)).map(({ caseNo, bpmnProcessId, endedAt }) => ({
      caseNo,
      bpmnProcessId,
      endedAt: isoTime(endedAt),
    }));
    return {
      variables: { due: listed.slice(0, MOST_LISTED), dueCount: listed.length, ...listOf(await this.named(job, held)) },
    };
  }

  private async *casesPast(job: ActivatedJob, endedBefore: number): AsyncGenerator<PastCase> {
    for (let after = '0'; ;) {
      const past = await this.queries.casesPast({
        processes: namesIn(job.headers['processes']),
        remainder: { of: 'key' },
        endedBefore,
        after,
        limit: BATCH,
      });
      yield* past;
      const last = past.at(-1);
      if (!last || past.length < BATCH) return;
      after = last.caseKey;
    }
  }

  /** False where a hold, or a new instance of the case, came in between. */
  private async destroy(
    { caseKey, caseNo }: PastCase,
    { rule, decider, years }: { readonly rule: string; readonly decider: string; readonly years: number },
  ): Promise<boolean> {
    const key = await this.runtime.nextKey();
    const at = this.runtime.now();
    const asked = { key, caseKey, caseNo, reason: `保存 ${years} 年期满`, askedBy: rule, askedAt: at };
    const waiting = { ...asked, state: 'waiting' as const, decidedBy: null, decidedAt: null, comment: null };
    const decision = { state: 'destroyed' as const, by: decider, at, comment: '按参数到期销毁' };
    const written = await this.runtime.write([
      ...this.vault.destroyCase(caseKey),
      forgetFiles(caseKey, at),
      ...insertDestruction(asked),
      ...decideDestruction(waiting, decision),
      forgetTrackingCode(caseKey),
    ]);
    return written.ok;
  }

  /** From the record, so that a job that is worked twice tells what both did. */
  private async told(job: ActivatedJob, decider: string, held: readonly PastCase[]) {
    const destroyed = await this.named(job, await this.queries.destroyedBy(decider));
    return {
      destroyed: destroyed.slice(0, MOST_LISTED).map(({ caseNo, bpmnProcessId }) => ({ caseNo, bpmnProcessId })),
      destroyedCount: destroyed.length,
      destroyedCounts: countsOf(destroyed.map(({ bpmnProcessId }) => bpmnProcessId)),
      ...listOf(await this.named(job, held)),
    };
  }

  private async named<T extends { readonly caseKey: string }>(
    { headers: { role } }: ActivatedJob,
    cases: readonly T[],
  ): Promise<readonly T[]> {
    if (cases.length === 0) return cases;
    const hidden = await this.exclusive.hiddenFrom({ roles: role === undefined ? [] : [role] });
    return cases.filter(({ caseKey }) => !hidden.has(caseKey));
  }
}

const listOf = (held: readonly PastCase[]) => ({ held: heldList(held), heldCount: held.length });

const heldList = (held: readonly PastCase[]) =>
  held
    .slice(0, MOST_LISTED)
    .map(({ caseNo, bpmnProcessId, heldFor }) => ({ caseNo, bpmnProcessId, reason: heldFor ?? '' }));

function countsOf(processes: readonly string[]): readonly { readonly process: string; readonly count: number }[] {
  return [...new Set(processes)].map((process) => ({
    process,
    count: processes.filter((one) => one === process).length,
  }));
}
