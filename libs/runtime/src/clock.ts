import type { Outcome, RuntimeStore } from './ports.js';

/** Engine time: real, or pinned in the database for all nodes. Leases and sessions never follow it. */
export class EngineClock {
  private pinnedAt: number | null = null;

  constructor(
    private readonly store: RuntimeStore,
    private readonly wallClock: () => number,
  ) {}

  now(): number {
    return this.pinnedAt ?? this.wallClock();
  }

  get isPinned(): boolean {
    return this.pinnedAt !== null;
  }

  /** Reads what another node, or this one before a restart, has pinned. */
  async refresh(): Promise<void> {
    this.pinnedAt = await this.store.reads.clock();
  }

  async pin(at: number): Promise<Outcome<null>> {
    const last = await this.store.reads.lastEventAt();
    const bound = Math.max(last ?? 0, this.pinnedAt ?? 0);
    if (at < bound) {
      return {
        ok: false,
        rejection: {
          code: 'invalidArgument',
          message: `Expected a time not before the last event (${new Date(bound).toISOString()}) but found ${new Date(at).toISOString()}.`,
        },
      };
    }
    return this.set(at);
  }

  reset(): Promise<Outcome<null>> {
    return this.set(null);
  }

  private async set(at: number | null): Promise<Outcome<null>> {
    const outcome = await this.store.commit({
      decide: () => ({
        ok: true,
        reply: null,
        changes: { rows: [{ update: 'clock', key: { id: 1 }, set: { pinned_at: at } }] },
      }),
    });
    if (outcome.ok) this.pinnedAt = at;
    return outcome;
  }
}
