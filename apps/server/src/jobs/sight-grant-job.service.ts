import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { momentOf } from '#configuration';
import type { ActivatedJob, JobResult, Runtime } from '#runtime';
import { GuardedJobs } from './guarded-jobs.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { RUNTIME } from '../tokens.js';
import { failure } from './job-failure.js';

/**
 * Lets a group see a protected class in the case of the process until a day, where its role may be granted it
 * (`seesGranted` of `roles.json`). Each look still needs a reason and is recorded.
 */
@Injectable()
export class SightGrantJob implements OnModuleInit {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly guarded: GuardedJobs,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    this.guarded.register('ct.grant', (job) => this.grant(job));
  }

  /** Inputs `class`, `to` (a candidate group, or a list of them) and `until` (a date, or a date and time). */
  private async grant(job: ActivatedJob): Promise<JobResult> {
    const { class: className, to } = job.variables;
    const groups: readonly unknown[] = Array.isArray(to) ? to : [to];
    if (typeof className !== 'string' || groups.length === 0 || !groups.every((group) => typeof group === 'string'))
      return failure('Expected the input "class" to be a text, and "to" a text or a list of texts.');
    const untilAt = momentOf(job.variables['until'], this.runtime.evaluationContext().timeZone);
    if (untilAt === undefined || untilAt <= this.runtime.now())
      return failure('Expected the input "until" to be a date, or a date and time, that is still to come.');
    if (job.caseKey === null) return failure('Expected a process that belongs to a case.');
    const refused = groups.find((group) => !this.mayBeGranted(group, className));
    if (refused !== undefined)
      return failure(`Expected a role that may be granted the class "${className}" but found "${refused}".`);
    const rows = [];
    for (const recipient of groups)
      rows.push({
        grant_key: await this.runtime.nextKey(),
        case_key: job.caseKey,
        class: className,
        recipient,
        process_instance_key: job.processInstanceKey,
        granted_at: this.runtime.now(),
        until_at: untilAt,
      });
    return { writes: [{ insert: 'sight_grants', rows }] };
  }

  private mayBeGranted(group: string, className: string): boolean {
    const role = this.configuration.current.roles.roles.find(({ id }) => id === group.split('@')[0]);
    return role?.seesGranted?.includes(className) === true;
  }
}
