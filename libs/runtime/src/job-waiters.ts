import type { ActivatedJob, JobRequest } from './ports.js';

export interface JobWaitersOptions {
  /** Locks jobs that are there; none: an empty list. */
  readonly lease: (request: JobRequest) => Promise<readonly ActivatedJob[]>;
  /** Those of the types for which there is a job. */
  readonly typesReady: (types: readonly string[]) => Promise<readonly string[]>;
  readonly onError: (cause: unknown) => void;
}

interface Waiter {
  readonly request: JobRequest;
  /** What its request leaves to others: where one finds nothing, none with the same does. */
  readonly exceptions: string;
  readonly answer: (jobs: readonly ActivatedJob[]) => void;
  readonly fail: (cause: unknown) => void;
}

const POLL_MS = 500;

/**
 * Workers outside that wait for jobs. They do not look each by itself: a job that comes is offered to one after the other,
 * first come first served, and what comes without a word (a backoff, a lease that ran out) is looked for once for all.
 */
export class JobWaiters {
  private readonly waiting = new Map<string, Set<Waiter>>();
  private readonly serving = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  private polling: ReturnType<typeof setInterval> | undefined;
  private isPolling = false;

  constructor(private readonly options: JobWaitersOptions) {}

  /** Jobs for the request, as soon as there are some; none after `ms`. */
  async wait(request: JobRequest, ms: number): Promise<readonly ActivatedJob[]> {
    const { type, exceptCases } = request;
    let leave: () => void = () => undefined;
    try {
      return await new Promise<readonly ActivatedJob[]>((answer, fail) => {
        const waiter: Waiter = { request, exceptions: exceptionsOf(exceptCases), answer, fail };
        const timer = setTimeout(() => void this.giveUp(waiter), ms);
        leave = () => {
          clearTimeout(timer);
          this.remove(waiter);
        };
        const isAlone = !this.hasLike(waiter);
        this.add(type, waiter);
        if (isAlone) this.wake(type);
      });
    } finally {
      leave();
    }
  }

  /** There may be jobs of the type. */
  wake(type: string): void {
    if (!this.waiting.has(type)) return;
    if (this.serving.has(type)) return void this.again.add(type);
    const pass = this.serve(type).finally(() => {
      this.serving.delete(type);
      if (this.again.delete(type)) this.wake(type);
    });
    this.serving.set(type, pass);
  }

  /** Answers everybody with nothing. */
  async close(): Promise<void> {
    await Promise.all(this.serving.values());
    for (const waiter of [...this.waiting.values()].flatMap((waiters) => [...waiters])) waiter.answer([]);
  }

  /** Whether somebody waits for the same: then there is nothing of it now. */
  private hasLike({ request, exceptions }: Waiter): boolean {
    const others = this.waiting.get(request.type);
    return others !== undefined && [...others].some((other) => other.exceptions === exceptions);
  }

  private async serve(type: string): Promise<void> {
    const inVain = new Set<string>();
    for (const waiter of this.waiting.get(type) ?? []) {
      if (inVain.has(waiter.exceptions)) continue;
      try {
        const jobs = await this.options.lease(waiter.request);
        if (jobs.length === 0) inVain.add(waiter.exceptions);
        else this.settle(waiter, () => waiter.answer(jobs));
      } catch (cause) {
        this.settle(waiter, () => waiter.fail(cause));
      }
    }
  }

  /** Somebody who is just being served gets what comes of it. */
  private async giveUp(waiter: Waiter): Promise<void> {
    await this.serving.get(waiter.request.type);
    waiter.answer([]);
  }

  private settle(waiter: Waiter, tell: () => void): void {
    this.remove(waiter);
    tell();
  }

  private add(type: string, waiter: Waiter): void {
    const others = this.waiting.get(type);
    if (others) others.add(waiter);
    else this.waiting.set(type, new Set([waiter]));
    this.polling ??= setInterval(() => void this.poll(), POLL_MS);
  }

  private remove(waiter: Waiter): void {
    const { type } = waiter.request;
    const others = this.waiting.get(type);
    others?.delete(waiter);
    if (others?.size === 0) this.waiting.delete(type);
    if (this.waiting.size > 0) return;
    clearInterval(this.polling);
    this.polling = undefined;
  }

  private async poll(): Promise<void> {
    if (this.isPolling) return;
    this.isPolling = true;
    try {
      (await this.options.typesReady([...this.waiting.keys()])).forEach((type) => this.wake(type));
    } catch (cause) {
      this.options.onError(cause);
    } finally {
      this.isPolling = false;
    }
  }
}

const exceptionsOf = (cases: JobRequest['exceptCases']): string =>
  cases ? JSON.stringify([cases.sql, cases.params]) : '';
