import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Queries } from '#persistence';
import type { ActivatedJob, JobResult, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DocumentsService } from '../documents/documents.service.js';
import { NoticeWriter } from '../notices/notice-writer.service.js';
import { RelatedNotices } from '../notices/related-notices.service.js';
import { Refusal } from '../problems/refusal.js';
import { QUERIES, RUNTIME, VAULT } from '../tokens.js';
import { failure } from './job-failure.js';

const NOTICE_LENGTH = 500;

/** The job types that the platform itself works off (docs/files.md, "Built-in job types"). */
@Injectable()
export class BuiltInJobs implements OnModuleInit {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly documents: DocumentsService,
    private readonly notices: NoticeWriter,
    private readonly relatedNotices: RelatedNotices,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.runtime.registerJobHandler('ct.document', (job) => this.makeDocument(job));
    this.runtime.registerJobHandler('ct.number', (job) => this.drawNumber(job));
    this.runtime.registerJobHandler('ct.choose-unit', (job) => this.chooseUnit(job));
    this.runtime.registerJobHandler('ct.notify', (job) => this.notify(job));
  }

  /** Header `document`; output `documentKey`. The page keeps placeholders for protected values. */
  private async makeDocument(job: ActivatedJob): Promise<JobResult> {
    const id = job.headers['document'] ?? '';
    const entry = this.configuration.current.documents.get(id);
    const instance = await this.queries.instance(job.processInstanceKey);
    if (!entry || !instance)
      return failure(`Expected the header "document" to name a document of documents.json but found "${id}".`);
    try {
      const page = await this.documents.render(entry, instance, job.variables);
      const documentKey = await this.runtime.nextKey();
      return { variables: { documentKey }, writes: [this.documents.stored(entry, instance, page, documentKey)] };
    } catch (error) {
      if (error instanceof Refusal) return failure(error.message);
      throw error;
    }
  }

  /** Header `series`; output `number`. */
  private async drawNumber(job: ActivatedJob): Promise<JobResult> {
    const series = job.headers['series'] ?? '';
    const pattern = this.configuration.current.numbering[series]?.pattern;
    if (pattern === undefined)
      return failure(`Expected the header "series" to name a series of numbering.json but found "${series}".`);
    const drawn = await this.runtime.drawNumber(series, pattern);
    return drawn.ok ? { variables: { number: drawn.reply } } : failure(drawn.rejection.message);
  }

  /**
   * Input `candidates` (unit ids); output `unit`: the first that the sealed store does not exclude in this case. Input
   * `others`: units beside it; output `others`: those of them that are not excluded and not chosen already. Header
   * `class`: a sealed class; output `holdsClass`: whether the case keeps anything of it.
   */
  private async chooseUnit(job: ActivatedJob): Promise<JobResult> {
    const { candidates, others } = job.variables;
    if (!Array.isArray(candidates)) return failure('Expected the input "candidates" to be a list of unit ids.');
    const [unit] = await this.notExcluded(job, candidates.map(String));
    if (unit === undefined)
      return failure('Expected a unit that the case does not exclude but found none; choose one by hand.');
    const chosen = { unit, ...(await this.classHeld(job)) };
    if (!Array.isArray(others)) return { variables: chosen };
    const beside = others.map(String).filter((id) => id !== unit);
    return { variables: { ...chosen, others: await this.notExcluded(job, beside) } };
  }

  private async classHeld({ caseKey, headers }: ActivatedJob): Promise<{ readonly holdsClass?: boolean }> {
    const className = headers['class'];
    if (className === undefined) return {};
    return { holdsClass: caseKey !== null && (await this.vault.holdsClass(caseKey, className)) };
  }

  private async notExcluded(job: ActivatedJob, ids: readonly string[]): Promise<readonly string[]> {
    return job.caseKey === null ? ids : this.vault.notExcluded(job.caseKey, ids);
  }

  /** Inputs `roles` and `text`: a notice in the application to everybody with one of the roles. */
  private async notify(job: ActivatedJob): Promise<JobResult> {
    const { roles, text, relatedCase } = job.variables;
    const recipients = Array.isArray(roles) ? roles.map(String) : [String(roles ?? '')];
    const shown = typeof text === 'string' ? text.slice(0, NOTICE_LENGTH) : '';
    if (shown === '') return failure('Expected the input "text" to be a text.');
    const { processInstanceKey } = job;
    const told = await this.notices.to(recipients, shown, processInstanceKey);
    if (typeof relatedCase !== 'string') return { writes: told };
    const toOthers = await this.relatedNotices.toWorkersOn(relatedCase, { text: shown, processInstanceKey });
    return { writes: [...told, ...toOthers] };
  }
}
