import { addDuration } from '#calendar';
import type { Platform } from '../platform/open-platform.js';
import { replyOf } from '../problems/refusal.js';

const TIME_ZONE = 'Asia/Shanghai';

/** Engine time of a scenario: stands still and goes on from timer to timer, so that each fires at its own moment. */
export class ScenarioClock {
  constructor(private readonly platform: Pick<Platform, 'runtime' | 'store'>) {}

  async pin(at: number): Promise<void> {
    replyOf(await this.platform.runtime.pinClock(at));
    await this.platform.runtime.idle();
  }

  /** By an ISO 8601 duration or to a moment. */
  async advance({ by, to }: { readonly by?: string; readonly to?: string }): Promise<void> {
    const now = this.platform.runtime.now();
    const target = to === undefined ? (addDuration(now, by ?? 'PT0S', TIME_ZONE) ?? now) : Date.parse(to);
    for (
      let next = await this.nextTimer();
      next !== undefined && next > this.platform.runtime.now() && next < target;
      next = await this.nextTimer()
    ) {
      await this.pin(next);
    }
    await this.pin(target);
  }

  private nextTimer(): Promise<number | undefined> {
    return this.platform.store.reads.nextTimerAt();
  }
}
