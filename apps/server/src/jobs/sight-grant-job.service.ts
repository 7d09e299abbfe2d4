import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { ActivatedJob, JobResult, Runtime } from '#runtime';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { RUNTIME } from '../tokens.js';
import { failure } from './job-failure.js';

/**
 * Lets a group see a protected class in the case of the process, where its role may be granted it (`seesGranted` of
 * `roles.json`). Each look still needs a reason and is recorded.
 */
@Injectable()
export class SightGrantJob implements OnModuleInit {
  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    this.runtime.registerJobHandler('ct.grant', (job) => this.grant(job));
  }

  /** Inputs `class` and `to` (a candidate group). */
  private async grant(job: ActivatedJob): Promise<JobResult> {
    const { class: className, to } = job.variables;
    if (typeof className !== 'string' || typeof to !== 'string')
      return failure('Expected the inputs "class" and "to" to be texts.');
    if (job.caseKey === null) return failure('Expected a process that belongs to a case.');
    const role = this.configuration.current.roles.roles.find(({ id }) => id === to.split('@')[0]);
    if (role?.seesGranted?.includes(className) !== true)
      return failure(`Expected a role that may be granted the class "${className}" but found "${to}".`);
    const row = {
      grant_key: await this.runtime.nextKey(),
      case_key: job.caseKey,
      class: className,
      recipient: to,
      process_instance_key: job.processInstanceKey,
      granted_at: this.runtime.now(),
    };
    return { writes: [{ insert: 'sight_grants', rows: [row] }] };
  }
}
