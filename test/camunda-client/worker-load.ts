import { setTimeout as wait } from 'node:timers/promises';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { atOnce } from './official-client.js';

/** How an instance goes: straight, refused by a BPMN error, after two failures, or after a worker that never answers. */
export type Course = 'plain' | 'refused' | 'flaky' | 'lost';

export const courses: readonly Course[] = ['plain', 'refused', 'flaky', 'lost'];
const definitions =
  '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="loadDefinitions" targetNamespace="http://changtong/test">';
const task = (id: string, from: string, to: string) =>
  `<bpmn:serviceTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="load-${id}" retries="3" /></bpmn:extensionElements><bpmn:incoming>${from}</bpmn:incoming><bpmn:outgoing>${to}</bpmn:outgoing></bpmn:serviceTask>`;

/** Start, `pay` with a boundary event for the error `NO_MONEY`, `ship`, end. */
export const loadBpmn = `<?xml version="1.0" encoding="UTF-8"?>
${definitions}<bpmn:error id="noMoney" errorCode="NO_MONEY" />
  <bpmn:process id="load" name="load" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    ${task('pay', 'a', 'b')}
    ${task('ship', 'b', 'c')}
    <bpmn:endEvent id="shipped"><bpmn:incoming>c</bpmn:incoming></bpmn:endEvent>
    <bpmn:boundaryEvent id="unpaid" attachedToRef="pay"><bpmn:outgoing>d</bpmn:outgoing><bpmn:errorEventDefinition id="unpaidEvent" errorRef="noMoney" /></bpmn:boundaryEvent>
    <bpmn:endEvent id="refused"><bpmn:incoming>d</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="pay" />
    <bpmn:sequenceFlow id="b" sourceRef="pay" targetRef="ship" />
    <bpmn:sequenceFlow id="c" sourceRef="ship" targetRef="shipped" />
    <bpmn:sequenceFlow id="d" sourceRef="unpaid" targetRef="refused" />
  </bpmn:process>
</bpmn:definitions>
`;

const mostAtOnce = 8;
const jobTimeoutMs = 1_500;
const backOffMs = 100;
/** New instances wait while so many run, so that the load is what the workers can do. */
const mostRunning = 60;
/** For the answers to what was completed last. */
const settleMs = 300;

interface WorkedJob {
  readonly jobKey: string;
  readonly processInstanceKey: string;
  readonly retries: number;
  readonly variables: Readonly<Record<string, unknown>>;
  complete(result?: { variables?: Record<string, unknown> }): Promise<never>;
  fail(failure: { errorMessage: string; retries: number; retryBackOff: number }): Promise<never>;
  error(error: { errorCode: string; errorMessage: string }): Promise<never>;
  ignore(): Promise<never>;
}

/** Mixed load on job workers of the official client, and what they saw. */
export class WorkerLoad {
  readonly started = new Map<string, Course>();
  /** Names of the variables that came with jobs of `pay`. */
  readonly fetched = new Set<string>();
  /** By job: how often it was completed with success, failed, and left without an answer. */
  readonly completed = new Map<string, number>();
  readonly failed = new Map<string, number>();
  readonly left = new Set<string>();
  /** Milliseconds between a failure and the next attempt. */
  readonly pauses: number[] = [];
  mostActive = 0;
  private active = 0;
  private next = 0;
  private ended = 0;
  private readonly failedAt = new Map<string, number>();

  constructor(private readonly camunda: CamundaClient) {}

  /** Works for so long, then until nothing runs any more. @throws Error where that takes longer than a minute. */
  async run(ms: number): Promise<void> {
    this.work('load-pay', ['number', 'course'], (job) => this.pay(job));
    this.work('load-ship', ['number'], async (job) => this.end(await this.done(job, { shipped: true })));
    const until = Date.now() + ms;
    await Promise.all([1, 2, 3, 4].map(async () => this.startUntil(until)));
    try {
      await this.untilNothingRuns(Date.now() + 60_000);
    } finally {
      await wait(settleMs);
      this.camunda.stopAllWorkers();
    }
  }

  private work(jobType: string, fetchVariables: string[], handle: (job: WorkedJob) => Promise<never>): void {
    this.camunda.createJobWorker({
      jobType,
      workerName: jobType,
      maxParallelJobs: mostAtOnce,
      jobTimeoutMs,
      pollTimeoutMs: 1_000,
      fetchVariables: fetchVariables as never,
      jobHandler: (job) => this.counted(jobType, job as never, handle),
    });
  }

  private async counted(type: string, job: WorkedJob, handle: (job: WorkedJob) => Promise<never>): Promise<never> {
    if (type !== 'load-pay') return handle(job);
    this.active += 1;
    this.mostActive = Math.max(this.mostActive, this.active);
    Object.keys(job.variables).forEach((name) => this.fetched.add(name));
    try {
      return await handle(job);
    } finally {
      this.active -= 1;
    }
  }

  private async pay(job: WorkedJob): Promise<never> {
    const course = job.variables['course'] as Course;
    const failures = this.failed.get(job.jobKey) ?? 0;
    const failedAt = this.failedAt.get(job.jobKey);
    if (failedAt !== undefined) this.pauses.push(Date.now() - failedAt);
    await wait(5);
    if (course === 'refused') return this.end(await job.error({ errorCode: 'NO_MONEY', errorMessage: 'empty' }));
    if (course === 'lost' && !this.left.has(job.jobKey)) {
      this.left.add(job.jobKey);
      return job.ignore();
    }
    if (course === 'flaky' && failures < 2) {
      this.failed.set(job.jobKey, failures + 1);
      this.failedAt.set(job.jobKey, Date.now());
      return job.fail({ errorMessage: 'not now', retries: job.retries - 1, retryBackOff: backOffMs });
    }
    return this.done(job, { paid: true });
  }

  /** Of an instance: nothing is left to do for it. */
  private end(receipt: never): never {
    this.ended += 1;
    return receipt;
  }

  private async done(job: WorkedJob, variables: Record<string, unknown>): Promise<never> {
    const receipt = await job.complete({ variables });
    this.completed.set(job.jobKey, (this.completed.get(job.jobKey) ?? 0) + 1);
    return receipt;
  }

  private async startUntil(until: number): Promise<void> {
    while (Date.now() < until) {
      if (this.started.size - this.ended >= mostRunning) {
        await wait(20);
        continue;
      }
      const number = this.next++;
      const course = courses[number % courses.length]!;
      const { processInstanceKey } = await this.camunda.createProcessInstance({
        processDefinitionId: 'load' as never,
        variables: { number, course, unasked: 'x'.repeat(1_000) },
      });
      this.started.set(processInstanceKey, course);
      await wait(20);
    }
  }

  private async untilNothingRuns(deadline: number): Promise<void> {
    for (;;) {
      const filter = { processDefinitionId: 'load', state: 'ACTIVE' as const };
      const { page } = await this.camunda.searchProcessInstances({ filter, page: { limit: 1 } }, atOnce);
      if (Number(page.totalItems) === 0) return;
      if (Date.now() > deadline) throw new Error(`Expected no instance to run any more but ${page.totalItems} do.`);
      await wait(100);
    }
  }
}
