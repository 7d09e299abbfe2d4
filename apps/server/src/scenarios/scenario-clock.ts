import { addDuration } from '#calendar';
import type { DeadlineKeeping } from '../deadlines/deadline-keeping.service.js';
import type { Platform } from '../platform/open-platform.js';
import { replyOf } from '../problems/refusal.js';

const TIME_ZONE = 'Asia/Shanghai';

/** Engine time of a scenario: stands still and goes on from timer and mark to the next, so that each fires at its own moment. */
export class ScenarioClock {
  constructor(
    private readonly platform: Pick<Platform, 'runtime' | 'store'>,
    private readonly deadlines: Pick<DeadlineKeeping, 'settled' | 'nextMarkAt'>,
  ) {}

  private followsSchedules = false;

  /** What schedules start from now on is started. */
  async followSchedules(): Promise<void> {
    replyOf(await this.platform.runtime.recountSchedules());
    this.followsSchedules = true;
  }

  async pin(at: number): Promise<void> {
    replyOf(await this.platform.runtime.pinClock(at));
    await this.deadlines.settled();
  }

  /** By an ISO 8601 duration or to a moment. */
  async advance({ by, to }: { readonly by?: string; readonly to?: string }): Promise<void> {
    const now = this.platform.runtime.now();
    const target = to === undefined ? (addDuration(now, by ?? 'PT0S', TIME_ZONE) ?? now) : Date.parse(to);
    for (
      let next = await this.next(target);
      next !== undefined && next > this.platform.runtime.now() && next < target;
      next = await this.next(target)
    ) {
      await this.pin(next);
    }
    await this.pin(target);
  }

  private async next(until: number): Promise<number | undefined> {
    const { reads } = this.platform.store;
    const [timer, mark, scheduled] = await Promise.all([
      reads.nextTimerAt(),
      this.deadlines.nextMarkAt(),
      this.followsSchedules ? reads.dueSchedules(until) : [],
    ]);
    const moments = [timer, mark, ...scheduled.map(({ dueAt }) => dueAt)].filter((one) => typeof one === 'number');
    return moments.length === 0 ? undefined : Math.min(...moments);
  }
}
