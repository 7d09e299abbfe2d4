import { Body, Controller, HttpCode, Inject, Patch, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Command } from '#engine';
import type { Queries } from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { found, Refusal, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { ActivateJobsDto, CompleteJobDto, FailJobDto, ThrowJobErrorDto, UpdateJobDto } from './dto/jobs.dto.js';
import { longestMs, mostRetries } from './dto/shared.dto.js';
import { Key } from './key-param.js';
import { requireNone } from './unknown-fields.js';
import { jobResultOf } from './job-result.js';
import { jobRules } from './search-rules.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { activatedJobView, jobView } from './views.js';

const defaultWaitMs = 10_000;
const longestWaitMs = 60_000;

@ApiTags('engine: jobs')
@RequirePermission('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE')
@Controller('v2/jobs')
export class JobsController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly visibility: InstanceVisibility,
  ) {}

  @Post('activation')
  @HttpCode(200)
  @ApiOkResponse()
  async activate(@Body() body: ActivateJobsDto, @CurrentAccount() account: SignedIn) {
    const jobs = await this.runtime.activateJobs({
      type: body.type,
      worker: body.worker ?? '',
      maxJobs: body.maxJobsToActivate,
      timeoutMs: body.timeout,
      requestTimeoutMs: waitMs(body.requestTimeout ?? 0),
      exceptCases: this.visibility.hiddenCasesQuery(account),
      ...(body.fetchVariable?.length && { fetchVariables: body.fetchVariable }),
    });
    return { jobs: jobs.map(activatedJobView) };
  }

  @RequirePermission('PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
  @Post('search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    const request = await this.visibility.narrowed(searchOf(body, jobRules), account);
    return resultOf(await this.queries.search('jobs', request), jobView);
  }

  @ClientCommand()
  @Post(':jobKey/completion')
  @HttpCode(204)
  @ApiNoContentResponse()
  complete(
    @Key('jobKey') jobKey: string,
    @CurrentAccount() account: SignedIn,
    @Body() body?: CompleteJobDto,
  ): Promise<void> {
    const { variables, result } = body ?? {};
    const command: Command = { type: 'completeJob', jobKey, variables: variables ?? {}, ...jobResultOf(result) };
    return this.execute(account, jobKey, command, body?.lease);
  }

  @ClientCommand()
  @Post(':jobKey/failure')
  @HttpCode(204)
  @ApiNoContentResponse()
  fail(@Key('jobKey') jobKey: string, @CurrentAccount() account: SignedIn, @Body() body?: FailJobDto): Promise<void> {
    const command: Command = {
      type: 'failJob',
      jobKey,
      retries: body?.retries ?? 0,
      errorMessage: body?.errorMessage ?? '',
      ...(body?.retryBackOff && { retryBackoffMs: body.retryBackOff }),
      ...(body?.variables && { variables: body.variables }),
    };
    return this.execute(account, jobKey, command, body?.lease);
  }

  @ClientCommand()
  @Post(':jobKey/error')
  @HttpCode(204)
  @ApiNoContentResponse()
  throwError(
    @Key('jobKey') jobKey: string,
    @CurrentAccount() account: SignedIn,
    @Body() body: ThrowJobErrorDto,
  ): Promise<void> {
    const { errorCode, errorMessage, variables, lease } = body;
    const command: Command = {
      type: 'throwJobError',
      jobKey,
      errorCode,
      ...(errorMessage && { errorMessage }),
      ...(variables && { variables }),
    };
    return this.execute(account, jobKey, command, lease);
  }

  @ClientCommand()
  @Patch(':jobKey')
  @HttpCode(204)
  @ApiNoContentResponse()
  async update(
    @Key('jobKey') jobKey: string,
    @Body() { changeset }: UpdateJobDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    const { retries: givenRetries, timeout, ...others } = changeset;
    requireNone('changeset', others);
    const retries = positive('retries', givenRetries, mostRetries);
    const timeoutMs = positive('timeout', timeout, longestMs);
    if (retries === undefined && timeoutMs === undefined)
      throw new Refusal('invalidArgument', 'Expected retries or timeout in changeset.');
    const instanceKey = await this.instanceOf(jobKey, account);
    if (timeoutMs !== undefined) return void replyOf(await this.runtime.extendJob(jobKey, timeoutMs, retries));
    const command: Command = { type: 'updateJobRetries', jobKey, retries: retries! };
    replyOf(await this.runtime.execute({ instanceKey, command }));
  }

  /** @throws Refusal `notFound` where the job does not exist for the account. */
  private async instanceOf(jobKey: string, account: SignedIn): Promise<string> {
    const name = `job ${jobKey}`;
    const { processInstanceKey } = found(await this.queries.get('jobs', jobKey), name);
    await this.visibility.requireVisible(processInstanceKey, account, name);
    return processInstanceKey;
  }

  /** @throws Refusal where the platform itself does the job, in a case: its step would be skipped by one alone. */
  private async requireOfWorkers(jobKey: string, instanceKey: string): Promise<void> {
    const type = (await this.queries.get('jobs', jobKey))?.type ?? '';
    if (!this.runtime.runsJobs(type) || (await this.queries.instance(instanceKey))?.caseKey === null) return;
    throw new Refusal(
      'forbidden',
      `Expected a job of a worker outside but job ${jobKey} (${type}) of a case is done by the platform alone. Mend what failed and resolve its incident, or modify process instance ${instanceKey} with a reason; a second person approves it.`,
      {
        zh: `这一步（${type}）由系统自己办，不能代为办结或跳过。请排除故障后重试；确需跳过的，用“改动步骤”写明理由，由另一个人批准。`,
      },
    );
  }

  private async execute(account: SignedIn, jobKey: string, command: Command, lease?: number): Promise<void> {
    const instanceKey = await this.instanceOf(jobKey, account);
    await this.requireOfWorkers(jobKey, instanceKey);
    const writes = lease === undefined ? {} : { writes: [heldUnder(jobKey, lease)] };
    const outcome = await this.runtime.execute({ instanceKey, command, ...writes });
    if (!outcome.ok && outcome.rejection.code === 'conflict' && lease !== undefined)
      throw new Refusal(
        'conflict',
        `Expected job ${jobKey} to be held under lease ${lease} but its lock timed out and it was given to another worker: activate it again.`,
      );
    replyOf(outcome);
  }
}

/** The fencing token of the worker's attempt, checked with the commit. */
const heldUnder = (jobKey: string, lease: number): RowWrite => ({
  sql: 'UPDATE jobs SET lease = lease WHERE "key" = ? AND lease = ?',
  params: [jobKey, lease],
  expectRows: 1,
});

function waitMs(requestTimeout: number): number {
  if (requestTimeout < 0) return 0;
  return Math.min(requestTimeout || defaultWaitMs, longestWaitMs);
}

function positive(name: string, value: unknown, most: number): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most) return value;
  throw new Refusal('invalidArgument', `Expected changeset.${name} to be a whole number from 1 to ${most}.`);
}
