import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { namedIds } from '#configuration';
import { createOrganizationQueries, type Database, type OrganizationQueries, type Queries } from '#persistence';
import type { ActivatedJob, JobResult } from '#runtime';
import { DATABASE, QUERIES } from '../tokens.js';
import { GuardedJobs } from './guarded-jobs.service.js';

/**
 * The job type `ct.open-cases`: of the cases with these numbers, and of those that come from this one, near and far, in how
 * many one of the processes of the header still runs. It counts those that exclude people or are in exclusive hands too,
 * and tells of none which it is.
 */
@Injectable()
export class OpenCasesJob implements OnModuleInit {
  private readonly organization: OrganizationQueries;

  constructor(
    private readonly guarded: GuardedJobs,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(DATABASE) database: Database,
  ) {
    this.organization = createOrganizationQueries(database);
  }

  onModuleInit(): void {
    this.guarded.register('ct.open-cases', (job) => this.count(job));
  }

  /** Header `processes`, input `caseNos`; output `openCases`. */
  private async count({ caseKey, headers, variables: { caseNos } }: ActivatedJob): Promise<JobResult> {
    const processes = namedIds(headers['processes']);
    const numbers = Array.isArray(caseNos) ? [...new Set(caseNos.map(String))] : [];
    const descendants = caseKey === null ? [] : await this.organization.casesFrom(caseKey);
    const instances = [
      ...(await Promise.all(numbers.map((caseNo) => this.queries.instancesByCaseNo(caseNo)))),
      ...(await Promise.all(descendants.map((key) => this.queries.instancesOfCase(key)))),
    ].flat();
    const open = instances.filter(
      (one) => one.caseKey !== caseKey && one.state === 'ACTIVE' && processes.includes(one.bpmnProcessId),
    );
    return { variables: { openCases: new Set(open.map((one) => one.caseKey ?? one.key)).size } };
  }
}
