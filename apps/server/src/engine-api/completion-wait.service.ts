import { Inject, Injectable } from '@nestjs/common';
import type { Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { Refusal } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';

const defaultWaitMs = 10_000;
const longestWaitMs = 600_000;
/** Hints of other nodes may be lost; asking now and then costs little. */
const askAgainMs = 1_000;

/** Waits for process instances to complete, for callers who asked for their result. */
@Injectable()
export class CompletionWait {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /**
   * The variables of the process once it has completed; `names` empty: all of them.
   *
   * @throws Refusal with status 504 where that takes longer than `timeoutMs` (0: 10 s) or the server stops, `conflict` where it was terminated.
   */
  async variablesOf(
    processInstanceKey: string,
    { names = [], timeoutMs = 0 }: { readonly names?: readonly string[]; readonly timeoutMs?: number },
  ): Promise<Readonly<Record<string, unknown>>> {
    await this.completed(processInstanceKey, Math.min(timeoutMs || defaultWaitMs, longestWaitMs));
    const variables = await this.queries.variablesOf(processInstanceKey);
    if (names.length === 0) return variables;
    return Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name)));
  }

  private async completed(key: string, timeoutMs: number): Promise<void> {
    const until = Date.now() + timeoutMs;
    let change = this.nextChange(key);
    try {
      for (;;) {
        const state = (await this.queries.instance(key))?.state;
        if (state === 'COMPLETED') return;
        if (state !== 'ACTIVE') throw endedOtherwise(key);
        const left = until - Date.now();
        if (left <= 0) throw tooLate(key, `within ${timeoutMs} ms`);
        if (this.runtime.isStopping()) throw tooLate(key, 'before this server stops');
        await change.within(Math.min(left, askAgainMs));
        change.stop();
        change = this.nextChange(key);
      }
    } finally {
      change.stop();
    }
  }

  /** Listens from now on, so that nothing which happens while the state is read is missed. */
  private nextChange(key: string) {
    let wake: () => void = () => undefined;
    const changed = new Promise<void>((resolve) => (wake = resolve));
    const stop = this.runtime.on('committed', ({ instanceKeys }) => {
      if (instanceKeys.includes(key)) wake();
    });
    const within = async (ms: number): Promise<void> => {
      const timer = setTimeout(wake, ms);
      await changed;
      clearTimeout(timer);
    };
    return { within, stop };
  }
}

const endedOtherwise = (key: string) =>
  new Refusal('conflict', `Expected process instance ${key} to complete but it was terminated.`);

const tooLate = (key: string, limit: string) =>
  new Refusal(
    'overloaded',
    `Expected process instance ${key} to complete ${limit} but it still runs; look for it by its key.`,
    { status: 504, more: { processInstanceKey: key } },
  );
