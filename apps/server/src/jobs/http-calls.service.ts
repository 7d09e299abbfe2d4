import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Queries } from '#persistence';
import type { ActivatedJob, JobResult, Runtime } from '#runtime';
import { GuardedJobs } from './guarded-jobs.service.js';
import { guardedRequest, type GuardedAnswer } from '../outgoing/guarded-request.js';
import { handlesIn } from '../reveals/sealed-facts.service.js';
import type { Settings } from '../settings/settings.js';
import { QUERIES, RUNTIME, SETTINGS } from '../tokens.js';
import { httpCallOf, httpCallResult } from './http-call.js';
import { failure } from './job-failure.js';

const KIND = 'ct.http';
const TIMEOUT = { fallback: 10, longest: 60 };
const MAX_BYTES = 1_000_000;
const MAX_REDIRECTS = 5;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Retries that a job has at first where its task names none. */
const USUAL_RETRIES = 3;
/** Refusals that pass: timeout, too early, too many requests. */
const PASSING = new Set([408, 425, 429]);

/**
 * The job type `ct.http`: asks another system and gives its answer to the process (docs/files.md, "Job types that the
 * server works itself"). What may be asked is the operator's (ADR 25); a handle of protected content is never sent.
 */
@Injectable()
export class HttpCalls implements OnModuleInit {
  constructor(
    private readonly guarded: GuardedJobs,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.guarded.register(KIND, (job) => this.call(job));
  }

  private async call(job: ActivatedJob): Promise<JobResult> {
    const { resultVariable, timeoutSeconds } = job.headers;
    if (!resultVariable) return failure('Expected the header "resultVariable" to name a variable for the answer.');
    const seconds = Number(timeoutSeconds ?? TIMEOUT.fallback);
    if (!(seconds > 0 && seconds <= TIMEOUT.longest))
      return failure(`Expected the header "timeoutSeconds" to be a number of seconds up to ${TIMEOUT.longest}.`);
    // What the task maps, and nothing that merely has the same name in the process.
    const inputs = await this.queries.variablesOf(job.elementInstanceKey);
    if (handlesIn(inputs).length > 0)
      return failure('Expected open variables alone but an input holds protected content, which is never sent.');
    const { hosts, secrets } = this.settings.outgoing;
    const call = httpCallOf(inputs, { idempotencyKey: `${KIND}-${job.key}`, secrets });
    if ('fault' in call) return failure(call.fault);
    const limits = { timeoutMs: seconds * 1_000, maxBytes: MAX_BYTES, maxRedirects: MAX_REDIRECTS };
    const sent = await guardedRequest({ ...call.request, ...limits }, { hosts });
    if (sent.ok) return resultOf(sent.answer, { job, resultVariable, secrets: call.secrets });
    const mayPass = sent.kind === 'timeout' || sent.kind === 'unreachable';
    return mayPass ? again(job, sent.message) : failure(sent.message);
  }
}

interface Asked {
  readonly job: ActivatedJob;
  readonly resultVariable: string;
  readonly secrets: readonly string[];
}

function resultOf(answer: GuardedAnswer, { job, resultVariable, secrets }: Asked): JobResult {
  const { status, headers } = answer;
  const message = `Expected the receiver to answer 2xx but it answered ${status}.`;
  if (status >= 500 || PASSING.has(status)) return again(job, message, Number(headers['retry-after']) * 1_000);
  const result = httpCallResult(answer, secrets);
  if ('fault' in result) return failure(result.fault);
  const variables = { [resultVariable]: result };
  if (status >= 200 && status < 300) return { variables };
  const code = job.headers['errorCode'];
  return code ? { bpmnError: { code, message, variables } } : failure(message);
}

/** Later, longer each time; after the last retry an incident. */
function again(job: ActivatedJob, message: string, askedMs = Number.NaN): JobResult {
  const failures = Math.max(0, USUAL_RETRIES - job.retries);
  const waitMs = Math.max(FIRST_WAIT_MS * 4 ** failures, askedMs > 0 ? askedMs : 0);
  return { failure: { message, retryBackoffMs: Math.min(waitMs, LONGEST_WAIT_MS) } };
}
